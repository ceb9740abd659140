import { type Html, type Part, html } from '../../web/html.ts'
import { readingsOf } from '../../answer/readings.ts'
import type { Statement } from '../../corpus.ts'
import { answerView } from '../../web/answer-view.ts'
import { deskPage } from '../desk-page.ts'
import { type Verdict, VERDICT_NAMES, saidText, verdictsOf } from '../judged/verdicts.ts'
import { articlePart } from './article-part.ts'
import { ASK_SCRIPT, ASK_STYLE, askForm } from './ask-page.ts'
import { type Seen, digestOf } from './seen.ts'
import type { ShownArticle, Why } from './shown.ts'
import { whyPart } from './why-part.ts'

export interface SeenPage extends Seen {
  readonly who: string
  readonly id: string
  readonly articles: readonly ShownArticle[]
  readonly notice?: Part
  /** What was said of this question before. */
  readonly before?: Part
  readonly waiting: number
  readonly given: Given
  /** How many articles, and how many of their passages, say exactly what was looked for. */
  readonly exact: { readonly articles: number; readonly passages: number }
  /** A verdict that can be checked only roughly: whoever presses again means it. */
  readonly unsure?: Verdict | undefined
}

/** What was filled in before something was looked for: none of it is lost. */
export interface Given {
  /** What was looked for in the articles. */
  readonly find: string
  /** Names of the pieces and the sentences that are ticked. */
  readonly pieces: ReadonlySet<string>
  readonly sentences: ReadonlySet<string>
  /** Which statements say too much, by their place in the answer. */
  readonly extra: ReadonlySet<number>
  /** Articles that are shown whole. */
  readonly full: ReadonlySet<string>
  readonly note: string
  readonly reading: string
}

/** An answer beside its articles, to be judged with one key. */
export function seenPage(page: SeenPage): Html {
  const { who, id, question, answer, queued, articles, notice, before, waiting, unsure } = page
  const { find, extra, note, reading } = page.given
  const { place = '', date } = question
  const here = `/desk/ask/seen/${id}`
  const isRefusal = answer.status === 'not_found'
  const group = (...whys: readonly Why[]) =>
    articles
      .filter(({ why }) => whys.includes(why))
      .map((one) => articlePart(one, { ...page.given, here }))
  /** Whether a statement says too much. */
  function besides({ text }: Statement): Part {
    const i = answer.statements.findIndex((one) => one.text === text)
    return (
      i >= 0 &&
      html` <label class="extra"><input type="checkbox" form="judging" name="extra" value="${i}" data-words="${text}"${extra.has(i) && html` checked`}>多余</label>`
    )
  }
  return deskPage({
    room: 'ask',
    who,
    title: question.question,
    styles: [ASK_STYLE],
    scripts: [ASK_SCRIPT],
    main: html`${notice}
<form method="post" action="${here}/verdict" id="judging">
<input type="hidden" name="given" value="1">
<input type="hidden" name="sure" value="${unsure}">
<input type="hidden" name="answered" value="${digestOf(answer)}">
<input type="hidden" name="asked" value="${question.history ? '' : JSON.stringify(question)}">
<button class="default" tabindex="-1" aria-hidden="true" formmethod="get" formaction="${here}#sought"></button>
</form>
<div class="seen">
<section class="judged" aria-labelledby="asked" tabindex="-1" autofocus>
<h1 id="asked">${question.question}</h1>
<p class="soft">${[place, `${date} 问`, ...(question.history ?? []).map((turn) => `接着“${turn.question}”问`)].filter(Boolean).join('，')}</p>
${before}
<div class="card">${answerView(answer, { today: date, sourceHref: ({ n }) => `#cite-${n}`, beside: besides })}
${readingsOf(answer).map((offered) => html`<p><a href="/desk/ask?${new URLSearchParams({ question: offered, place, date }).toString()}">${offered}</a></p>`)}</div>
<details${(note || reading) && html` open`}><summary>备注，原文应该怎么读</summary>
<p class="soft">原文读错：报纸上没错，程序把字、标题或分篇读错了。</p>
<label for="reading">点出的那一处应读作</label><input id="reading" name="reading" value="${reading}" form="judging" autocomplete="off">
<label for="note">备注</label><input id="note" name="note" value="${note}" form="judging" autocomplete="off">
</details>
${whyPart(answer)}
<details><summary><h2>再问</h2></summary>${askForm({ place, date, after: id })}</details>
</section>
<section class="bar" aria-label="这个回答怎么样？">
${unsure && html`<p role="alert">没有点出对的原文，只能粗略地核对。再按一次“${saidText(unsure, isRefusal)}”就这样记。</p>`}
<p class="hint soft">先在原文里点出要紧的那处，再按：点一下是整句，再点其中一小句，就只要那一小句。</p>
<ul class="ticks plain" aria-live="polite" data-sentence="要引用这一句" data-piece="要说到" data-extra="多余"></ul>
<div class="row">${verdictsOf(isRefusal).map((name) => html`<button form="judging" name="verdict" value="${name}" data-key="${VERDICT_NAMES.indexOf(name) + 1}"><kbd>${VERDICT_NAMES.indexOf(name) + 1}</kbd> ${saidText(name, isRefusal)}</button>`)}
${queued !== null && html`<span class="soft">还有 ${waiting} 题 <a href="/desk/ask/next?after=${queued}">跳过</a></span>`}</div>
</section>
<section class="articles" aria-labelledby="articles">
<h2 id="articles">原文</h2>
<div class="finder" id="sought" tabindex="-1">
<div class="row find" role="search">
<label for="find">找一找</label><input id="find" name="find" value="${find}" form="judging" autocomplete="off" placeholder="在所有文章里找">
<button form="judging" formmethod="get" formaction="${here}#sought">找</button>
</div>
<p class="legend"><mark>引用的句子</mark> <mark class="told">说出的部分</mark> <span class="nearly">差一点选上的句子</span></p>
${find && foundLine(page)}
</div>
${group('sought')}
${find !== '' && html`<h3>其他文章</h3>`}
${articles.length === 0 && html`<p>没有检索到相近的文章。</p>`}
${group('cited')}
${group('nearly')}
${group('ticked')}
${group('found')}
</section>
</div>`,
  })
}

function foundLine({ exact, given: { find }, articles }: SeenPage): Html {
  const count = articles.filter(({ why }) => why === 'sought').length
  if (exact.articles > 0) {
    return html`<p role="status">${exact.articles} 篇里有 ${exact.passages} 段写到“${find}”${exact.articles > count && `，先列 ${count} 篇`}。</p>`
  }
  return html`<p role="status">没有一篇写到“${find}”${count > 0 ? '，下面是意思相近的' : ''}。</p>`
}
