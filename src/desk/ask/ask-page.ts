import { asset } from '../../web/assets.ts'
import { type Html, type Part, html } from '../../web/html.ts'
import { UNANSWERABLE } from '../../answer/evaluate/judged-question.ts'
import { deskPage } from '../desk-page.ts'
import type { KeptJudgement } from '../judged/judged-store.ts'
import { saidText } from '../judged/verdicts.ts'

export const ASK_STYLE = asset(new URL('ask.css', import.meta.url))
export const ASK_SCRIPT = asset(new URL('ask.js', import.meta.url))

/** What stands in the form. */
export interface AskForm {
  readonly question?: string
  readonly place?: string
  readonly date?: string
  /** The answer that the question goes on from. */
  readonly after?: string
}

export interface AskPage {
  readonly who: string
  readonly form: AskForm
  /** What was wrong, in a sentence. */
  readonly fault?: string | undefined
  readonly notice?: Part
  /** How many questions wait to be judged; where they may come from. */
  readonly waiting: number
  readonly sources: readonly {
    readonly name: string
    readonly text: string
    readonly count: number
  }[]
  /** What was pasted, when it could not be read. */
  readonly pasted?: string
}

/** Where a question is asked, and where many are lined up to be judged. */
export function askPage({
  who,
  form,
  fault,
  notice,
  waiting,
  sources,
  pasted = '',
}: AskPage): Html {
  return deskPage({
    room: 'ask',
    who,
    title: '提问',
    styles: [ASK_STYLE],
    main: html`<h1>提问</h1>
${fault && html`<p class="notice" role="alert">${fault}</p>`}
${notice}
${askForm(form)}
<section aria-labelledby="queue">
<h2 id="queue">一题接一题地判</h2>
${
  waiting > 0
    ? html`<p>有 ${waiting} 题等着判。</p>
<div class="row"><a class="button main" href="/desk/ask/next">开始判</a>
</div>
<details class="clear"><summary>清空等着判的题</summary><form method="post" action="/desk/ask/queue/clear"><p>${waiting} 题都不判了吗？ <button>清空</button></p></form></details>`
    : html`<p class="soft">现在没有等着判的题。</p>`
}
${sources
  .filter(({ count }) => count > 0)
  .map(
    ({ name, text, count }) =>
      html`<form method="post" action="/desk/ask/queue/${name}"><p><button>加上${text}（${count} 题）</button></p></form>`,
  )}
<form method="post" action="/desk/ask/queue">
<label for="pasted">加上这些问题，一行一题</label>
<textarea id="pasted" name="pasted" rows="5">${pasted}</textarea>
<p><button>加上</button> <span class="soft">等着判的题只记在内存里，程序重启后要重新加。</span></p>
</form>
</section>`,
  })
}

/** What stands when nothing waits any more: how all were judged, and what can be done with it. */
export function allJudged(judged: readonly KeptJudgement[]): Html {
  const counts = Map.groupBy(judged, ({ said, judged: { kind } }) =>
    saidText(said, kind === UNANSWERABLE),
  )
  return html`<section class="notice" aria-label="都判完了">
<p><strong>都判完了。</strong>${judged.length > 0 && `一共 ${judged.length} 道判定题：${Array.from(counts, ([text, { length }]) => `${text} ${length}`).join('，')}。`}</p>
<form method="post" action="/desk/judged/run" class="row"><a class="button" href="/desk/judged">看判过的题</a> <button>全部跑一遍</button></form>
</section>`
}

/** The form for a question; on the page of an answer the next one goes on from it when that is wanted. */
export function askForm({ question = '', place = '', date = '', after }: AskForm): Html {
  return html`<form method="post" action="/desk/ask" class="ask">
<label for="question">问题</label>
<input id="question" name="question" value="${question}" required autocomplete="off"${after === undefined ? html` autofocus` : ''}>
<div class="row">
<div class="grow"><label for="place">提问的人在哪里</label><input id="place" name="place" value="${place}" placeholder="如 濮阳市，可以不填" autocomplete="off"></div>
<div class="grow"><label for="date">哪一天问的</label><input id="date" name="date" type="date" value="${date}"></div>
${after !== undefined && html`<label class="inline"><input type="checkbox" name="after" value="${after}">接着这次回答问</label>`}
<button class="main">问</button>
</div>
</form>`
}
