import { type Html, type Part, html } from '../../web/html.ts'
import { sourceLine } from '../../answer/reply.ts'
import { detailsOf, titleOf } from '../../answer/printed.ts'
import { sourcePath } from '../../conversation/source-address.ts'
import { nameOf } from '../judged/pointed.ts'
import type { ShownArticle, ShownPassage, ShownSentence, Why } from './shown.ts'

const WHY: Readonly<Record<Why, string>> = {
  cited: '引用了',
  nearly: '差一点引用',
  sought: '找到',
  found: '检索到，没有用',
}

/** What was filled in before something was looked for: none of it is lost. */
export interface Given {
  /** What was looked for in the articles. */
  readonly find: string
  /** Names of the pieces that were pointed at. */
  readonly pieces: ReadonlySet<string>
  readonly note: string
  readonly reading: string
}

/** An article beside its answer: every piece of it can be pointed at, what is told is marked. */
export function articlePart({ why, head, passages }: ShownArticle, given: Given): Html {
  const text = html`<div class="text" data-pieces>${passages.map((one) => passagePart(one, given))}</div>`
  const about = html`<p class="soft"><span class="why${why === 'cited' && ' cited'}">${WHY[why]}</span> ${detailsOf(head)} · <a href="${sourcePath(head.articleId)}" target="_blank">看全文</a></p>`
  if (why === 'found') {
    return html`<details class="source"><summary>${sourceLine(head)}</summary>${about}${text}</details>`
  }
  return html`<article class="source"><h3>${titleOf(head)}</h3>${about}${text}</article>`
}

const JOINS = { line: '', paragraph: '\n', gap: '\n……\n' } as const

function passagePart(
  { passage: { text, part }, sentences, joins }: ShownPassage,
  given: Given,
): Part {
  const parts: Part[] = []
  let at = 0
  for (const one of sentences) {
    parts.push(text.slice(at, one.sentence.start), sentencePart(one, given))
    at = one.sentence.end
  }
  const all = [...parts, text.slice(at)]
  return [JOINS[joins], part === 'head' ? html`<span class="head">${all}</span>` : all]
}

function sentencePart({ sentence, standing, considered }: ShownSentence, given: Given): Html {
  const { text, pieces, start } = sentence
  const isTold = (at: number) =>
    standing?.told.some((told) => told.start <= start + at && start + at < told.end) ?? false
  const parts: Part[] = []
  let at = 0
  for (const [i, piece] of pieces.entries()) {
    const between = text.slice(at, piece.start)
    const words = text.slice(piece.start, piece.end)
    const name = nameOf(sentence, i)
    const isSought = given.find !== '' && words.includes(given.find)
    const look = ['piece', isTold(piece.start) && 'told', isSought && 'sought'].filter(Boolean)
    parts.push(
      isTold(at) ? html`<span class="told">${between}</span>` : between,
      html`<label class="${look.join(' ')}"><input type="checkbox" form="judging" name="piece" value="${name}"${given.pieces.has(name) && html` checked`}>${words}</label>`,
    )
    at = piece.end
  }
  const all = [...parts, text.slice(at)]
  if (standing) return html`<mark id="cite-${standing.n}">${all}</mark>`
  return considered ? html`<span class="nearly">${all}</span>` : html`${all}`
}
