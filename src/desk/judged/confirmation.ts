import { type Html, html } from '../../web/html.ts'
import type { Change } from './judged-store.ts'
import { VERDICTS } from './verdicts.ts'

/** What a verdict or a change was kept as, with a way back; `back` is where one lands then. */
export function confirmation({ n, said, judged }: Change, back: string): Html {
  const { id, question, kind, must_contain: must, must_contain_any: any, evidence } = judged
  const measured =
    kind === 'unanswerable' || must.length + any.length + evidence.length > 0
      ? ''
      : '（没有点出对的原文，只能粗略地核对）'
  return html`<div class="notice done" role="status">
<p>${said === null ? '已删去' : `已记为：${said === 'imported' ? '导入的题' : VERDICTS[said]}`}${said !== null && measured}　<q>${question}</q></p>
<form method="post" action="/desk/judged/undo" class="row">
<input type="hidden" name="n" value="${n}"><input type="hidden" name="back" value="${back}">
<button>撤销</button>${said !== null && html`<a href="/desk/judged/question?id=${encodeURIComponent(id)}">查看、修改</a>`}
</form>
</div>`
}
