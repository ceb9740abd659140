import { chinaTime } from '../../china-time.ts'
import { type JudgedQuestion, UNANSWERABLE } from '../../answer/evaluate/judged-question.ts'
import { type Html, type Part, html } from '../../web/html.ts'
import { deskPage } from '../desk-page.ts'
import { JUDGED_STYLE } from './judged-style.ts'
import { saidText } from './judged-page.ts'
import type { KeptJudgement } from './judged-store.ts'

export interface QuestionPage {
  readonly who: string
  readonly notice: Part
  readonly fault?: string | undefined
  readonly kept: KeptJudgement
  /** What stands in the form: as kept, or as sent when it could not be kept. */
  readonly judged: JudgedQuestion
  readonly note: string
  readonly history: readonly KeptJudgement[]
}

/** Alternatives of a group stand in one line. */
export const OR = ' | '

/** One judged question, to be edited. */
export function questionPage(page: QuestionPage): Html {
  const { who, notice, fault, kept, judged, note, history } = page
  const { id, question, kind, place = '', date = '', evidence } = judged
  const again = new URLSearchParams({ question, place, date })
  return deskPage({
    room: 'judged',
    who,
    title: question,
    styles: [JUDGED_STYLE],
    main: html`<h1>${question}</h1>
${fault && html`<p class="notice" role="alert">${fault}</p>`}
${notice}
<p class="soft">${saidText(kept.said)}，${kept.who}，${chinaTime(kept.at)}。编号 ${id}。<a href="/desk/ask?${again.toString()}">再问一遍</a></p>
${kept.answer && html`<details><summary>判的时候是这样回答的</summary><p>${kept.answer.statements.map(({ text }) => text).join('') || '（没有回答）'}</p></details>`}
<form method="post" action="/desk/judged/question?id=${encodeURIComponent(id)}">
<label for="question">问题</label><input id="question" name="question" value="${question}" required>
<div class="row">
<div class="grow"><label for="place">地点</label><input id="place" name="place" value="${place}"></div>
<div class="grow"><label for="date">哪一天问的</label><input id="date" name="date" type="date" value="${date}"></div>
<div class="grow"><label for="kind">类别（${UNANSWERABLE} 表示应当不答）</label><input id="kind" name="kind" value="${kind}" required></div>
</div>
${lines('must_contain', '必须说到，一行一个，都要有', judged.must_contain)}
${lines(
  'must_contain_any',
  `每行说到一个就行，用“${OR.trim()}”隔开`,
  judged.must_contain_any.map((group) => [group].flat().join(OR)),
)}
${lines('must_not_contain', '不许说到，一行一个', judged.must_not_contain)}
<fieldset><legend>出处，引用其中一处就行</legend>
${[...evidence, { file: '', quote: '' }].map(
  (
    { file, quote },
    i,
  ) => html`<div class="row"><div class="grow"><label for="file${i}">文件</label><input id="file${i}" name="file" value="${file}"></div>
<div class="grow"><label for="quote${i}">原句</label><textarea id="quote${i}" name="quote" rows="2">${quote}</textarea></div></div>`,
)}
</fieldset>
<label for="note">备注</label><input id="note" name="note" value="${note}">
<p><button class="main">保存</button></p>
</form>
<form method="post" action="/desk/judged/remove?id=${encodeURIComponent(id)}"><p><button>删去这一题</button></p></form>
${
  history.length > 1 &&
  html`<h2>改过几次</h2><ul>${history.map(
    (one) =>
      html`<li>${chinaTime(one.at)} ${one.who}：${saidText(one.said)}${one.note && `，${one.note}`} <small>${wantsText(one.judged)}</small></li>`,
  )}</ul>`
}`,
  })
}

const lines = (name: string, label: string, all: readonly string[]) =>
  html`<label for="${name}">${label}</label><textarea id="${name}" name="${name}" rows="${Math.max(2, all.length)}">${all.join('\n')}</textarea>`

function wantsText({
  kind,
  must_contain: must,
  must_contain_any: any,
  must_not_contain: not,
}: JudgedQuestion): string {
  if (kind === UNANSWERABLE) return '应当不答'
  return [
    must.length > 0 && `必须说到：${must.join('、')}`,
    any.length > 0 && `说到一个：${any.flat().join('、')}`,
    not.length > 0 && `不许说到：${not.join('、')}`,
  ]
    .filter(Boolean)
    .join('；')
}
