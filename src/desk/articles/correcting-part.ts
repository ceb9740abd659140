import type { Anchor, Correcting } from '../../correction.ts'
import type { ExplainedArticle } from '../../explanation.ts'
import { KINDS } from '../../web/article-words.ts'
import { type Html, type Part, html } from '../../web/html.ts'
import { cut } from '../../code-points.ts'

/** What is corrected, as it is told. */
export const WHAT: Readonly<Record<Correcting['what'], string>> = {
  headline: '标题',
  kind: '类别',
  date: '日期',
  place: '地点',
  split: '从这里拆开',
  join: '接上下一篇',
}

/** What stands in the fields of an article. */
export interface Facts {
  readonly headline: string
  readonly kind: string
  readonly date: string
  readonly place: string
}

/** A form that was not taken: which article's, and what stood in it. */
export interface Given {
  readonly near: number
  readonly facts: Facts
}

const factsOf = ({ article }: ExplainedArticle): Facts => ({
  headline: article.headline ?? '',
  kind: article.kind,
  date: article.date.value ?? '',
  place: article.place.join(''),
})

export interface CorrectingPart {
  readonly source: string
  readonly explained: ExplainedArticle
  readonly next: ExplainedArticle | undefined
  readonly given: Given | undefined
}

/** A choice of a paragraph: where it stands, and its words. */
export const anchorValue = ({ line, near, words }: Readonly<Anchor>) =>
  `${line ?? ''}:${near} ${words}`

/** What is read wrongly of an article is put right where it stands. */
export function correctingPart({ source, explained, next, given }: CorrectingPart): Html {
  const { first } = explained
  const paragraphs = explained.paragraphs.filter(({ p }) => p > 0)
  if (!first) return html``
  const was = factsOf(explained)
  const now = given?.facts ?? was
  const id = (name: string) => `${name}-${first.near}`
  const hidden = html`<input type="hidden" name="name" value="${source}"><input type="hidden" name="n" value="${explained.article.n}"><input type="hidden" name="at" value="${anchorValue(first)}">`
  const field = (name: 'headline' | 'date' | 'place', label: string, hint = '') =>
    html`<label for="${id(name)}">${label}</label><input id="${id(name)}" name="${name}" value="${now[name]}" placeholder="${hint}" autocomplete="off">`
  return html`<details${given && html` open`}><summary>校正</summary>
<form method="post" action="/desk/articles/correct">${hidden}
${Object.entries(was).map(([name, value]) => html`<input type="hidden" name="was-${name}" value="${value}">`)}
${field('headline', '标题（报纸上印的；没有就留空）')}
<label for="${id('kind')}">类别</label><select id="${id('kind')}" name="kind">${Object.entries(
    KINDS,
  ).map(
    ([kind, text]) =>
      html`<option value="${kind}"${kind === now.kind && html` selected`}>${text}</option>`,
  )}</select>
${field('date', '日期（年、年-月，或年-月-日）', '2023-02-08')}
${field('place', '地点', '山东省聊城市东阿县')}
<p><button class="main">保存并重新读入</button></p></form>
${paragraphs.length > 0 && splitForm(hidden, id('split'), paragraphs)}
${next && joinForm(hidden, next)}
</details>`
}

function splitForm(hidden: Part, id: string, paragraphs: ExplainedArticle['paragraphs']): Html {
  return html`<form method="post" action="/desk/articles/split">${hidden}
<label for="${id}">从这一段起是另一篇</label>
<select id="${id}" name="paragraph">${paragraphs.map(
    (paragraph) =>
      html`<option value="${anchorValue(paragraph)}">${cut(paragraph.text, 30)}</option>`,
  )}</select>
<p class="row"><label class="inline"><input type="checkbox" name="headed" value="1"> 这一段是它的标题</label><button>拆开</button></p></form>`
}

const joinForm = (hidden: Part, { article, first }: ExplainedArticle) =>
  html`<form method="post" action="/desk/articles/join">${hidden}<input type="hidden" name="next" value="${first?.words}">
<p><button>接上下一篇</button> <span class="soft">“${article.headline ?? cut(first?.text ?? '', 20)}”并入这一篇</span></p></form>`
