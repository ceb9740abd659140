import { type Html, type Part, html } from '../../web/html.ts'
import { sourceLine } from '../../answer/reply.ts'
import { detailsOf, titleOf } from '../../answer/printed.ts'
import { nameOf, sentenceName } from '../judged/pointed.ts'
import type { ShownArticle, ShownPassage, ShownSentence, Why } from './shown.ts'

const WHY: Readonly<Record<Why, string>> = {
  cited: '引用了',
  nearly: '差一点引用',
  sought: '找到',
  ticked: '点过',
  found: '检索到，没有用',
}

export interface ArticlePart {
  /** Names of the pieces and of the sentences that are ticked. */
  readonly pieces: ReadonlySet<string>
  readonly sentences: ReadonlySet<string>
  /** Words that are marked wherever they stand; '' for none. */
  readonly find: string
  /** The page that this stands in. */
  readonly here: string
}

/** An article beside its answer: every sentence and piece of it can be ticked, what is told is marked. */
export function articlePart(
  { why, head, isFull, passages }: ShownArticle,
  part: ArticlePart,
): Html {
  const { articleId } = head
  const id = `article-${articleId}`
  const full = html`<input type="hidden" form="judging" name="full" value="${articleId}">`
  const more = html`<button class="plain" form="judging" formmethod="get" formaction="${part.here}#${id}" name="full" value="${articleId}">看全文</button>`
  const text = html`<div class="text" data-pieces>${passages.map((one) => passagePart(one, part))}</div>`
  const about = html`<p class="soft"><span class="why${why === 'cited' && ' cited'}">${WHY[why]}</span> ${detailsOf(head)} ${isFull ? full : more}</p>`
  if (why === 'found') {
    return html`<details class="source" id="${id}"${isFull && html` open`}><summary>${sourceLine(head)}</summary>${about}${text}</details>`
  }
  return html`<article class="source" id="${id}"><h3>${titleOf(head)}</h3>${about}${text}</article>`
}

const JOINS = { line: '', paragraph: '\n', gap: '\n……\n' } as const

function passagePart(
  { passage: { text, part: kind }, sentences, joins }: ShownPassage,
  part: ArticlePart,
): Part {
  const parts: Part[] = []
  let at = 0
  for (const one of sentences) {
    parts.push(text.slice(at, one.sentence.start), sentencePart(one, part))
    at = one.sentence.end
  }
  const all = [...parts, text.slice(at)]
  return [JOINS[joins], kind === 'head' ? html`<span class="head">${all}</span>` : all]
}

function sentencePart(
  { sentence, standing, considered }: ShownSentence,
  { pieces: ticked, sentences, find }: ArticlePart,
): Html {
  const { text, pieces, start } = sentence
  const isTold = (at: number) =>
    standing?.told.some((told) => told.start <= start + at && start + at < told.end) ?? false
  const name = sentenceName(sentence)
  const parts: Part[] = [
    html`<input type="checkbox" class="whole" form="judging" name="sentence" value="${name}" aria-label="整句"${sentences.has(name) && html` checked`}>`,
  ]
  let at = 0
  for (const [i, piece] of pieces.entries()) {
    const between = text.slice(at, piece.start)
    const pieceName = nameOf(sentence, i)
    const words = text.slice(piece.start, piece.end)
    const isSought = find !== '' && words.includes(find)
    const look = ['piece', isTold(piece.start) && 'told', isSought && 'sought'].filter(Boolean)
    parts.push(
      isTold(at) ? html`<span class="told">${between}</span>` : between,
      html`<label class="${look.join(' ')}"><input type="checkbox" form="judging" name="piece" value="${pieceName}"${ticked.has(pieceName) && html` checked`}>${words}</label>`,
    )
    at = piece.end
  }
  const all = [...parts, text.slice(at)]
  const isHit = find !== '' && text.includes(find)
  const shown = standing
    ? html`<mark id="cite-${standing.n}">${all}</mark>`
    : considered
      ? html`<span class="nearly">${all}</span>`
      : all
  return html`<span class="sentence${isHit && ' sought'}">${shown}</span>`
}
