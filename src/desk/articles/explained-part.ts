import type { SourceKind } from '../../corpus.ts'
import type {
  Asked,
  ExplainedArticle,
  ExplainedParagraph,
  Explanation,
  Stretch,
} from '../../explanation.ts'
import { KINDS, bylineText } from '../../web/article-words.ts'
import { type Html, type Part, html } from '../../web/html.ts'

/** What a source is read as. */
export const SOURCE_KINDS: Readonly<Record<SourceKind, string>> = {
  web: '网页',
  document: '文件',
  newspaper: '报纸版面',
  data: '数据',
}

/** Colours, told apart in explained.css. */
const COLOURS = 10

const colour = (article: number) => `a${article % COLOURS}`

/** Draws what is to be looked at, so that each place leads to the next. */
type Doubts = (what: Part) => Html

/**
 * A source beside what was understood of it: each article in its colour, headlines bold, what belongs
 * to none grey, every repaired character marked with what it was. Each paragraph leads to the same on
 * the other side. `toolsFor` adds to an article what can be done with it, `noteOn` to a paragraph what is
 * known of it.
 */
export function explainedPart(
  explanation: Explanation,
  toolsFor: (article: ExplainedArticle) => Part = () => null,
  noteOn: (article: ExplainedArticle, paragraph: ExplainedParagraph) => Part = () => null,
): Html {
  const { stretches, articles, furniture } = explanation
  const doubts = numbered(doubtsIn(explanation))
  return html`<p>${`读作${SOURCE_KINDS[explanation.kind]}：${explanation.reason}`}</p>
<p class="soft">${summary(explanation)}</p>
<p class="legend"><b>粗体</b>标题 <i>斜体</i>署名 <span class="furniture">灰底</span>不属于任何文章 <u>点线</u>修复过的字，指上去看原样 <del>划线</del>去掉的符号</p>
${explanation.notes.map((note) => doubts(note))}
<div class="explained">
<section class="printed" aria-label="原文" tabindex="0">${sourceHtml(stretches)}</section>
<section class="read" aria-label="读出的文章" tabindex="0">${articles.map((article, k) =>
    articleHtml(article, doubts, toolsFor(article), noteOn, articles[k - 1]?.article.n),
  )}${furniture.length > 0 && furnitureHtml(furniture)}</section>
</div>`
}

/** To the texts, and the parts of this one, before and behind. */
export function neighboursPart(
  { line, before, behind, part, parts }: Explanation,
  pathTo: (asked: Asked) => string,
): Part {
  const n = line ?? undefined
  const link = (asked: Asked, text: string) =>
    html`<a class="button" href="${pathTo(asked)}">${text}</a>`
  const links = [
    before !== null && link({ n: before }, '上一篇'),
    part > 0 && link({ n, part: part - 1 }, '上一段'),
    part + 1 < parts && link({ n, part: part + 1 }, '下一段'),
    behind !== null && link({ n: behind }, '下一篇'),
  ]
  return links.some(Boolean) && html`<p class="row">${links}</p>`
}

/** How many places of a text are to be looked at. */
export const doubtsIn = ({ notes, articles }: Explanation) =>
  notes.length +
  articles.reduce((sum, one) => sum + one.notes.length + Number(one.planted.length > 0), 0)

function numbered(all: number): Doubts {
  let n = 0
  return (what) => {
    n++
    const next = n < all && html` <a href="#d${n + 1}">下一处存疑</a>`
    return html`<div class="doubt" id="d${n}" tabindex="-1">${what}${next}</div>`
  }
}

function summary({ length, articles, furniture, part, parts }: Explanation): string {
  const kinds = Map.groupBy(articles, ({ article }) => article.kind)
  const counts = [...kinds].map(([kind, of]) => `${KINDS[kind]} ${of.length}`)
  const unsure = articles.filter(({ notes }) => notes.length > 0).length
  const where = parts > 1 ? [`第 ${part + 1} 段，共 ${parts} 段`] : []
  const all = [`版面杂项 ${furniture.length}`, `存疑 ${unsure}`, `${length} 字符`]
  return [...where, ...counts, ...all].join('，')
}

/** Stretches of one paragraph have one name; the first of them is where one is led to. */
function sourceHtml(stretches: readonly Stretch[]): Part {
  const led = new Set<string>()
  return stretches.map(({ role, article, paragraph, parts }) => {
    const words = parts.map((part) =>
      typeof part === 'string' ? part : html`<u title="原样：${part.printed}">${part.became}</u>`,
    )
    if (role === null) return words
    if (role === 'dropped') return html`<del>${words}</del>`
    if (article === null) return html`<span class="${role}">${words}</span>`
    const name = nameOf(article, paragraph)
    const isFirst = !led.has(name)
    led.add(name)
    return html`<span class="${role} ${colour(article)}" data-at="${name}"${isFirst && html` id="s${name}"`}>${isFirst && crossing(name, 'a', '读出的')}${words}</span>`
  })
}

/** 3, its second paragraph 3-2; both are counted from 1, as a person does. */
const nameOf = (article: number, paragraph: number | null) =>
  paragraph === null ? `${article + 1}` : `${article + 1}-${paragraph + 1}`

/** To the same place on the other side. */
const crossing = (name: string, side: 'a' | 's', what: string) =>
  html`<a class="crossing" href="#${side}${name}" title="看${what}">${name}</a>`

/** Both parts of a line of data that was split have its number; the first is led to by it. */
function articleHtml(
  explained: ExplainedArticle,
  doubts: Doubts,
  tools: Part,
  noteOn: (article: ExplainedArticle, paragraph: ExplainedParagraph) => Part,
  before: number | undefined,
): Html {
  const { i, article, paragraphs, planted, notes, byStaff } = explained
  const { n, kind, headline } = article
  const name = nameOf(i, null)
  return html`<article class="${colour(i)}" id="a${name}" data-at="${name}">
<h2${n !== before && html` id="n${n}"`}>${crossing(name, 's', '原文')}${n}. ${headline ?? '（无标题）'} <small>${KINDS[kind]}</small></h2>
<dl>${factsOf(article).map(([what, value]) => value && html`<dt>${what}</dt><dd>${value}</dd>`)}</dl>
${byStaff.map((note) => html`<p class="soft">${note}</p>`)}
${notes.map((note) => doubts(note))}
${planted.length > 0 && doubts(plantedHtml(planted))}
${tools}
<div class="paragraphs">${paragraphs.map((paragraph) => {
    const { p, text } = paragraph
    const at = nameOf(i, p)
    return html`${noteOn(explained, paragraph)}<p id="a${at}" data-at="${at}">${crossing(at, 's', '原文')}${text}</p>`
  })}</div>
</article>`
}

function factsOf(article: ExplainedArticle['article']): readonly (readonly [string, string])[] {
  const { kicker, subtitle, section, publication, date, place, document } = article
  return [
    ['引题', kicker ?? ''],
    ['副题', subtitle ?? ''],
    ['栏目', section ?? ''],
    ['署名', bylineText(article.byline)],
    ['报纸', inferredText(publication.name, publication.inferred, publication.issue)],
    ['日期', inferredText(date.value, date.inferred, date.reason)],
    ['地点', place.join('')],
    ['发文', [document?.issuer, document?.number].filter(Boolean).join(' ')],
    ['成文', document?.written ?? ''],
    ['通过', document?.passed ?? ''],
    ['施行', document?.inForce ?? ''],
    ['小标题', article.subheads.join(' / ')],
  ]
}

const plantedHtml = (planted: readonly string[]) =>
  html`写给机器看的话，回答从不引用；代码、编码和外文也在其中：<ul>${planted.map((words) => html`<li>${words}</li>`)}</ul>`

function inferredText(value: string | null, inferred: boolean, more: string | null): string {
  return [value ?? '不详', inferred && '（推断）', more].filter(Boolean).join(' ')
}

const furnitureHtml = (furniture: Explanation['furniture']) =>
  html`<article class="furniture"><h2>不属于任何文章</h2><ul>${furniture.map(
    ({ what, text }) => html`<li><b>${what}</b> ${text}</li>`,
  )}</ul></article>`
