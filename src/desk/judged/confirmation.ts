import { UNANSWERABLE } from '../../answer/evaluate/judged-question.ts'
import { type Html, html } from '../../web/html.ts'
import { checksOf } from './checks.ts'
import type { Change } from './judged-store.ts'
import { saidText } from './verdicts.ts'

/** What a verdict or a change was kept as and what it checks, with a way back; `back` is where one lands then. */
export function confirmation({ n, said, judged }: Change, back: string): Html {
  const { id, question, kind } = judged
  return html`<div class="notice done" role="status">
<p>${said === null ? '已删去' : `已记为：${saidText(said, kind === UNANSWERABLE)}`}　<q>${question}</q></p>
<form method="post" action="/desk/judged/undo" class="row">
<input type="hidden" name="n" value="${n}"><input type="hidden" name="back" value="${back}">
<button>撤销</button>
</form>
${said !== null && html`<p>${checksOf(judged)}<a href="/desk/judged/question?id=${encodeURIComponent(id)}">改</a></p>`}
</div>`
}
