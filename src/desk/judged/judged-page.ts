import { type Html, type Part, html } from '../../web/html.ts'
import { chinaTime } from '../../china-time.ts'
import { deskPage } from '../desk-page.ts'
import { UNANSWERABLE } from '../../answer/evaluate/judged-question.ts'
import type { KeptJudgement } from './judged-store.ts'
import { JUDGED_STYLE } from './judged-style.ts'
import type { Progress } from './runner.ts'
import { type Ran, type Run, wrongIn } from './run-store.ts'
import { VERDICTS, saidText } from './verdicts.ts'

/** Which of the judged questions are listed; empty for all. */
export interface Filter {
  readonly said: string
  readonly who: string
  readonly state: string
}

export interface JudgedPage {
  readonly who: string
  readonly notice: Part
  readonly fault?: string | undefined
  readonly filter: Filter
  /** Those of one page, counted from 1. */
  readonly listed: readonly KeptJudgement[]
  readonly page: number
  readonly pages: number
  /** How many there are of all, and who judged. */
  readonly total: number
  readonly people: readonly string[]
  readonly runs: readonly Run[]
  readonly progress: Progress | undefined
}

/** By what the last run showed. */
export const STATES: Readonly<Record<string, string>> = {
  wrong: '上次跑错的',
  worse: '由对变错的',
  better: '由错变对的',
}

export const questionLink = (id: string, question: string) =>
  html`<a href="/desk/judged/question?id=${encodeURIComponent(id)}">${question}</a>`

/** All judged questions, and what is done with all of them. */
export function judgedPage(given: JudgedPage): Html {
  const { who, notice, fault, filter, listed, page, pages, total, people, runs, progress } = given
  const last = new Map((runs[0]?.ran ?? []).map((ran) => [ran.id, ran]))
  return deskPage({
    room: 'judged',
    who,
    title: '判定题',
    styles: [JUDGED_STYLE],
    main: html`<h1>判定题 <small>${total} 题</small></h1>
${fault && html`<p class="notice" role="alert">${fault}</p>`}
${notice}
<div class="row">
${progress ? html`<a class="button main" href="/desk/judged/run">正在跑：${progress.done} / ${progress.total}</a>` : total > 0 && html`<form method="post" action="/desk/judged/run"><button class="main">全部跑一遍</button></form>`}
${total > 0 && html`<a class="button" href="/desk/judged/export.jsonl" download>导出 JSONL</a>`}
</div>
${runs.length > 0 && html`<section aria-labelledby="runs"><h2 id="runs">跑过的</h2>${runsTable(runs)}</section>`}
<section aria-labelledby="list">
<h2 id="list">题目</h2>
<form method="get" class="row">
${select('said', '判定', filter.said, Object.entries({ ...VERDICTS, imported: '导入' }))}
${select(
  'who',
  '谁判的',
  filter.who,
  people.map((name) => [name, name]),
)}
${select('state', '跑的结果', filter.state, Object.entries(STATES))}
<button>筛选</button>
</form>
${
  listed.length === 0
    ? html`<p class="soft">${total === 0 ? '还没有判定题。在“提问”里判一个回答，或者在下面导入。' : '没有这样的题。'}</p>`
    : html`<div class="scroll"><table class="cards">
<thead><tr><th scope="col">问题</th><th scope="col">判定</th><th scope="col">谁，何时</th><th scope="col">上次</th></tr></thead>
<tbody>${listed.map((one) => row(one, last.get(one.judged.id)))}</tbody></table></div>
${pages > 1 && turning(filter, page, pages)}`
}
</section>
<section aria-labelledby="import">
<h2 id="import">导入</h2>
<form method="post" action="/desk/judged/import" enctype="multipart/form-data">
<label for="file">JSONL 文件，一行一题，与 npm run eval 的格式相同</label>
<input id="file" name="file" type="file" accept=".jsonl,.json,.txt" required>
<p><button>导入</button> <span class="soft">编号相同的题会被代替；有一行不对就一题也不导入。</span></p>
</form>
</section>
<p class="soft">判定题一直保留，记着问题、当时的回答和谁判的，不记是谁问的。读者用 /forget 删去的提问如果已经判过，要在这里另外删；删去的题过一天以后，程序再启动时彻底清掉。</p>`,
  })
}

function turning(filter: Filter, page: number, pages: number): Html {
  const to = (n: number, text: string) =>
    n >= 1 &&
    n <= pages &&
    html`<a class="button" href="/desk/judged?${new URLSearchParams({ ...filter, page: String(n) }).toString()}">${text}</a>`
  return html`<nav class="row" aria-label="翻页">${to(page - 1, '上一页')} <span>第 ${page} 页，共 ${pages} 页</span> ${to(page + 1, '下一页')}</nav>`
}

function row({ judged, said, who, at, note }: KeptJudgement, ran: Ran | undefined): Html {
  return html`<tr><td>${questionLink(judged.id, judged.question)}${note && html`<br><small>${note}</small>`}</td>
<td class="short">${saidText(said, judged.kind === UNANSWERABLE)}</td><td class="short soft">${who}<br>${chinaTime(at)}</td><td>${ran && resultOf(ran)}</td></tr>`
}

const FAULTS: Readonly<Record<Ran['faults'][number]['kind'], string>> = {
  answered: '不该答，却答了',
  refused: '该答，却未答上来',
  lacks: '没有说到：',
  lacksAny: '一个也没有说到：',
  says: '还说着多余或不对的：',
  cites: '没有引用判定的出处',
  broken: '回答不合规矩：',
  failed: '没有答出来：',
}

export const resultOf = ({ stage, faults }: Pick<Ran, 'stage' | 'faults'>): Html =>
  stage === null
    ? html`<span class="good">对</span>`
    : html`<span class="bad">错</span> <small>${faults.map(({ kind, words }) => `${FAULTS[kind]}${words}`).join('；')}</small>`

function runsTable(runs: readonly Run[]): Html {
  return html`<div class="scroll"><table>
<thead><tr><th scope="col">何时，谁</th><th scope="col">对</th><th scope="col">用时</th><th scope="col">选句</th></tr></thead>
<tbody>${runs.map(
    ({
      n,
      at,
      who,
      ms,
      picked,
      ran,
    }) => html`<tr><td><a href="/desk/judged/runs/${n}">${chinaTime(at)}</a> ${who}</td>
<td>${ran.length - wrongIn(ran).length} / ${ran.length}</td><td>${(ms / 1000).toFixed(1)} 秒</td><td class="soft">${picked}</td></tr>`,
  )}</tbody></table></div>`
}

function select(
  name: string,
  label: string,
  chosen: string,
  options: readonly (readonly [value: string, text: string])[],
): Html {
  return html`<div><label for="${name}">${label}</label><select id="${name}" name="${name}"><option value="">全部</option>${options.map(
    ([value, text]) =>
      html`<option value="${value}"${value === chosen ? html` selected` : ''}>${text}</option>`,
  )}</select></div>`
}
