import { chinaTime } from '../../china-time.ts'
import { type JudgedQuestion, UNANSWERABLE } from '../../answer/evaluate/judged-question.ts'
import { titleOf } from '../../answer/printed.ts'
import { type Html, type Part, html } from '../../web/html.ts'
import { deskPage } from '../desk-page.ts'
import { JUDGED_STYLE } from './judged-style.ts'
import { checksOf } from './checks.ts'
import type { KeptJudgement, Said } from './judged-store.ts'
import { VERDICT_NAMES, saidText, verdictsOf } from './verdicts.ts'

export interface QuestionPage {
  readonly who: string
  readonly notice: Part
  readonly fault?: string | undefined
  readonly kept: KeptJudgement
  /** What stands in the form: as kept, or as sent when it could not be kept. */
  readonly judged: JudgedQuestion
  readonly said: Said
  readonly note: string
  /** The headlines of the articles that the evidence stands in, where they are found. */
  readonly titles: readonly (string | null | undefined)[]
  readonly history: readonly KeptJudgement[]
}

/** One judged question, to be edited. */
export function questionPage(page: QuestionPage): Html {
  const { who, notice, fault, kept, judged, said, note, titles, history } = page
  const { id, question, kind, place = '', date = '', evidence } = judged
  const isRefusal = kept.judged.kind === UNANSWERABLE
  const refused = kept.answer ? kept.answer.status === 'not_found' : isRefusal
  const verdicts = VERDICT_NAMES.filter((one) => one === said || verdictsOf(refused).includes(one))
  const again = new URLSearchParams({ question, place, date })
  return deskPage({
    room: 'judged',
    who,
    title: question,
    styles: [JUDGED_STYLE],
    main: html`<h1>${question}</h1>
${fault && html`<p class="notice" role="alert">${fault}</p>`}
${notice}
<p>${checksOf(kept.judged)}</p>
<p class="soft">${kept.who}，${chinaTime(kept.at)}。<a href="/desk/ask?${again.toString()}">再问一遍</a></p>
${kept.answer && html`<details><summary>判的时候是这样回答的</summary><p>${kept.answer.statements.map(({ text }) => text).join('') || '（没有回答）'}</p></details>`}
<form method="post" action="/desk/judged/question?id=${encodeURIComponent(id)}">
<label for="question">问题</label><input id="question" name="question" value="${question}" required>
<div class="row">
<div class="grow"><label for="place">地点</label><input id="place" name="place" value="${place}"></div>
<div class="grow"><label for="date">哪一天问的</label><input id="date" name="date" type="date" value="${date}"></div>
<div class="grow"><label for="said">判定</label><select id="said" name="said">${[...verdicts, ...(kept.said === 'imported' ? (['imported'] as const) : [])].map((one) => html`<option value="${one}"${one === said && html` selected`}>${saidText(one, refused)}</option>`)}</select></div>
</div>
${lines('must_contain', '必须说到，一行一个，都要有', judged.must_contain)}
${[...judged.must_contain_any, []].map((group, i) => lines(`must_contain_any`, i < judged.must_contain_any.length ? '说到其中一个就行，一行一个' : '再加一组，说到其中一个就行，一行一个', [group].flat(), `any${i}`))}
${lines('must_not_contain', '不许说到，一行一个', judged.must_not_contain)}
<fieldset><legend>出处，引用其中一处就行</legend>
${evidence.map(
  ({ file, quote }, i) =>
    html`<input type="hidden" name="file" value="${file}"><label for="quote${i}">${titles[i] !== undefined && titleOf({ headline: titles[i] })} <small>${file}</small></label><textarea id="quote${i}" name="quote" rows="2">${quote}</textarea>`,
)}
${evidence.length === 0 && html`<p class="soft">没有。再问一遍，在原文里点出来再判，就有了。</p>`}
</fieldset>
<label for="note">备注</label><input id="note" name="note" value="${note}">
<details${fault && html` open`}><summary>高级</summary>
<p class="soft">编号 ${id}</p>
<label for="kind">类别（${UNANSWERABLE} 表示应当不答）</label><input id="kind" name="kind" value="${kind}" required>
<label for="file">再加一处出处：文件</label><input id="file" name="file">
<label for="quote">原句</label><textarea id="quote" name="quote" rows="2"></textarea>
</details>
<p><button class="main">保存</button></p>
</form>
<form method="post" action="/desk/judged/remove?id=${encodeURIComponent(id)}"><p><button>删去这一题</button></p></form>
${
  history.length > 1 &&
  html`<h2>改过几次</h2><ul>${history.map(
    (one) =>
      html`<li>${chinaTime(one.at)} ${one.who}：${saidText(one.said, one.judged.kind === UNANSWERABLE)}${one.note && `，${one.note}`} <small>${checksOf(one.judged)}</small></li>`,
  )}</ul>`
}`,
  })
}

const lines = (name: string, label: string, all: readonly string[], id = name) =>
  html`<div class="phrases"><label for="${id}">${label}</label><textarea id="${id}" name="${name}" rows="${Math.max(1, all.length)}">${all.join('\n')}</textarea></div>`
