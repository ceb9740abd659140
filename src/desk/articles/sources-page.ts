import type { Asked } from '../../explanation.ts'
import type { ReadSource } from '../../source-reading.ts'
import { type Html, type Part, html } from '../../web/html.ts'
import { deskPage } from '../desk-page.ts'
import { lineOf, saidPart } from './said-part.ts'
import { ARTICLES_STYLES } from './articles-style.ts'
import { askedText } from './asked.ts'
import { SOURCE_KINDS } from './explained-part.ts'

/** So many sources stand on a page. */
export const ON_A_PAGE = 100

export interface SourcesPage {
  readonly who: string
  readonly sources: readonly ReadSource[]
  /** How many there are that are asked for, and where those shown begin. */
  readonly total: number
  readonly from: number
  readonly name: string
  readonly isDoubtful: boolean
  /** How often articles of a source were told, by its name; where that is counted. */
  readonly told: ReadonlyMap<string, number> | undefined
}

export const readingPath = (source: string, asked: Asked = {}) =>
  `/desk/articles/source?${[new URLSearchParams({ name: source }).toString(), askedText(asked)].filter(Boolean).join('&')}`

/** Of a source, how many places are to be looked at. */
export const doubtful = ({ reading, problems }: ReadSource) =>
  (reading ? reading.notes.length + reading.doubts.length : 0) + problems.length

/** All sources, what each was read as, and how much of each is to be looked at. */
export function sourcesPage(page: SourcesPage): Html {
  const { who, sources, total, name, isDoubtful, told } = page
  return deskPage({
    room: 'articles',
    who,
    title: '文章',
    styles: ARTICLES_STYLES,
    main: html`<h1>文章 <small>${total} 个来源文件</small></h1>
<p class="row"><a class="button main" href="/desk/articles/upload">上传文件</a>
<a class="button" href="/desk/articles/doubts">全部存疑</a>
${told && html`<a class="button" href="/desk/articles/untold">从未被引用的文章</a>`}</p>
<form method="get" class="row">
<div class="grow"><label for="name">来源文件的名字</label><input id="name" name="name" value="${name}"></div>
<label class="inline"><input type="checkbox" name="doubtful" value="1"${isDoubtful && html` checked`}> 只看有存疑的</label>
<button>筛选</button>
</form>
${
  sources.length === 0
    ? html`<p class="soft">${name || isDoubtful ? '没有这样的来源文件。' : '这台机器上还没有读入的记录；上传文件，或者运行 npm run ingest。'}</p>`
    : html`<div class="scroll"><table>
<thead><tr><th scope="col">来源文件</th><th scope="col">读作</th><th scope="col">篇数</th><th scope="col">存疑</th>${told && html`<th scope="col">回答引用</th>`}</tr></thead>
<tbody>${sources.map((source) => row(source, told && (told.get(source.source) ?? 0)))}</tbody></table></div>
${pages(page)}`
}`,
  })
}

function row(source: ReadSource, told: number | undefined): Html {
  const doubts = doubtful(source)
  return html`<tr><td><a href="${readingPath(source.source)}">${source.source}</a></td>
<td>${source.reading ? SOURCE_KINDS[source.reading.kind] : html`<span class="soft">待重新读入</span>`}</td>
<td>${source.reading?.articles}</td><td>${doubts > 0 ? html`<a href="${readingPath(source.source)}#d1">${doubts} 处</a>` : html`<span class="soft">无</span>`}</td>
${told !== undefined && html`<td>${told > 0 ? `${told} 次` : html`<span class="soft">从未</span>`}</td>`}</tr>`
}

function pages({ total, from, name, isDoubtful }: SourcesPage): Part {
  const at = (start: number) =>
    `/desk/articles?${new URLSearchParams({ name, from: String(start), ...(isDoubtful && { doubtful: '1' }) }).toString()}`
  return (
    total > ON_A_PAGE &&
    html`<p class="row">${from > 0 && html`<a class="button" href="${at(Math.max(0, from - ON_A_PAGE))}">上一页</a>`}
<span>第 ${from + 1}–${Math.min(total, from + ON_A_PAGE)} 个，共 ${total} 个</span>
${from + ON_A_PAGE < total && html`<a class="button" href="${at(from + ON_A_PAGE)}">下一页</a>`}</p>`
  )
}

/** So many doubts are listed; who has looked through these sees the next. */
const LISTED = 500

/** What is to be looked at in all sources, each a link to its place. */
export function doubtsPage(who: string, sources: readonly ReadSource[]): Html {
  const all = sources.flatMap((source) => doubtsOf(source))
  return deskPage({
    room: 'articles',
    who,
    title: '全部存疑',
    styles: ARTICLES_STYLES,
    main: html`<p><a href="/desk/articles">← 全部来源文件</a></p>
<h1>全部存疑 <small>${all.length} 处</small></h1>
${all.length === 0 && html`<p class="soft">没有存疑的地方。</p>`}
${all.length > LISTED && html`<p class="soft">先列出 ${LISTED} 处。</p>`}
<ul class="plain doubts">${all.slice(0, LISTED).map(
      ({
        source,
        n,
        where,
        what,
      }) => html`<li><a href="${readingPath(source, { n })}#${n === undefined ? 'd1' : `n${n}`}">${where}</a>
<span>${what}</span></li>`,
    )}</ul>`,
  })
}

interface ListedDoubt {
  readonly source: string
  readonly n?: number
  readonly where: string
  readonly what: Part
}

function problemText(problem: string): Html {
  const line = lineOf(problem)
  const told = line ? `第 ${line} 行没有读进来` : '有一处没有读进来，或一处校正找不到位置'
  return html`${told}${saidPart([problem])}`
}

function doubtsOf({ source, reading, problems }: ReadSource): ListedDoubt[] {
  const { notes, doubts } = reading ?? { notes: [], doubts: [] }
  return [
    ...problems.map((problem) => ({ source, where: source, what: problemText(problem) })),
    ...notes.map((what) => ({ source, where: source, what })),
    ...doubts.flatMap(({ n, headline, planted, ...doubt }) => {
      const where = `${source} 第 ${n} 篇 ${headline ?? '（无标题）'}`
      const machine = planted.map((words) => `写给机器看的话：${words}`)
      return [...doubt.notes, ...machine].map((what) => ({ source, n, where, what }))
    }),
  ]
}
