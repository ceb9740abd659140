import type { Article, Byline, SourceKind } from '../corpus.ts'
import { plantedIn } from '../language/planted/planted.ts'
import type { Traced } from '../traced.ts'
import type { Described } from './describe/describe.ts'
import { isSeparator } from './describe/repairs.ts'
import type { Segmented } from './item.ts'
import type { KindOfSource } from './read/source-text.ts'

/** A text of a source, as it was understood. */
export interface Explained {
  readonly source: string
  readonly text: string
  readonly kind: KindOfSource
  readonly segmented: Segmented
  readonly described: readonly Described[]
  /** What was unsure of the page as a whole, in Chinese. */
  readonly notes: readonly string[]
}

type Role = 'headline' | 'body' | 'credits' | 'furniture'

/** Whose a character of the source is, and what it became. */
interface Mark {
  readonly owner: number
  readonly role: Role
  readonly became: string
}

/** Hues that stay apart for neighbours on the page. */
const HUES = [210, 30, 130, 280, 0, 175, 55, 320, 95, 245]

/**
 * One HTML page that shows a source beside what was understood of it: each article in its colour,
 * headlines bold, furniture grey, every repaired character marked with what it was.
 */
export function explain(explained: Explained): string {
  const { source, text, segmented, described, notes } = explained
  return `<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escape(source)}</title>
<style>${STYLE}${HUES.map((hue, i) => `.a${i}{--hue:${hue}}`).join('')}</style>
<header>
<h1>${escape(source)}</h1>
<p>${escape(`读作${SOURCES[explained.kind.kind]}：${explained.kind.reason}`)}</p>
<p>${summary(explained)}</p>
<p class="legend"><b>粗体</b>标题　<i>斜体</i>署名　<s class="furniture">灰色</s>不属于任何文章　<u>点线</u>修复过的字，指上去看原样　<span class="dropped">划线</span>去掉的符号</p>
${notes.length > 0 ? `<ul class="notes">${notes.map((note) => `<li>${escape(note)}</li>`).join('')}</ul>` : ''}
</header>
<main>
<section class="source" aria-label="原文">${sourceHtml(text, marksOf(text, segmented))}</section>
<section class="articles" aria-label="读出的文章">${described.map(({ article }, i) => articleHtml(article, i)).join('')}${furnitureHtml(segmented)}</section>
</main>
</html>
`
}

function summary({ text, segmented, described }: Explained): string {
  const kinds = Map.groupBy(described, ({ article }) => article.kind)
  const counts = [...kinds].map(([kind, of]) => `${KINDS[kind]} ${of.length}`)
  const unsure = described.filter(({ article }) => article.notes.length > 0).length
  return [
    ...counts,
    `版面杂项 ${segmented.furniture.length}`,
    `存疑 ${unsure}`,
    `${text.length} 字符`,
  ].join('，')
}

const KINDS: Record<Article['kind'], string> = {
  article: '文章',
  photo: '图片说明',
  table: '表格',
  notice: '启事',
}

/** What a source is read as. */
const SOURCES: Record<SourceKind, string> = {
  web: '网页',
  document: '文件',
  newspaper: '报纸版面',
  data: '数据',
}

function marksOf(text: string, { items, furniture }: Segmented): readonly (Mark | undefined)[] {
  const marks = Array.from<Mark | undefined>({ length: text.length })
  const put = ({ text: written, origin }: Traced, owner: number, role: Role) => {
    origin.forEach((at, i) => {
      if (isSeparator(written[i]!, text[at]!)) return
      marks[at] = { owner, role, became: written[i]! }
    })
  }
  items.forEach((item, owner) => {
    const { headline, kicker, subtitle, section, credits, body } = item
    for (const line of [headline, kicker, subtitle, section]) if (line) put(line, owner, 'headline')
    for (const line of credits) put(line, owner, 'credits')
    for (const paragraph of body) put(paragraph, owner, 'body')
    for (const subhead of item.subheads) put(subhead, owner, 'headline')
  })
  for (const piece of furniture) put(piece.text, -1, 'furniture')
  return marks
}

/** The source in runs of one owner and role; white space goes with what it stands in. */
function sourceHtml(text: string, marks: readonly (Mark | undefined)[]): string {
  const parts: string[] = []
  let open = ''
  for (let i = 0; i < text.length; i++) {
    const mark = marks[i]
    const blank = /\s/u.test(text[i]!)
    const kind = mark ? `${mark.role} ${colour(mark.owner)}` : blank ? open : unmarked(text[i]!)
    if (kind !== open) {
      if (open) parts.push('</span>')
      if (kind) parts.push(`<span class="${kind}">`)
      open = kind
    }
    const shown = escape(text[i]!)
    if (mark && mark.became !== text[i])
      parts.push(`<u title="${shown} → ${escape(mark.became)}">${escape(mark.became)}</u>`)
    else parts.push(shown)
  }
  return parts.join('') + (open ? '</span>' : '')
}

/** A sign that repair dropped; a letter or figure that nobody owns would be a fault of ours, and is shown as one. */
const unmarked = (character: string) => (/[\p{L}\p{N}]/u.test(character) ? 'lost' : 'dropped')

function articleHtml(article: Article, i: number): string {
  const { n, kind, headline, kicker, subtitle, section, publication, date, place } = article
  const { document, notes, text } = article
  const facts: [string, string][] = [
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
  const rows = facts.flatMap(([name, value]) =>
    value ? [`<dt>${name}</dt><dd>${escape(value)}</dd>`] : [],
  )
  return `<article class="${colour(i)}">
<h2>${n}. ${headline ? escape(headline) : '（无标题）'} <small>${KINDS[kind]}</small></h2>
<dl>${rows.join('')}</dl>
${notes.map((note) => `<p class="note">${escape(note)}</p>`).join('')}
${plantedHtml(text)}
<details><summary>${escape(text.slice(0, 40))}… ${text.length} 字</summary>${text
    .split('\n')
    .map((paragraph) => `<p>${escape(paragraph)}</p>`)
    .join('')}</details>
</article>`
}

/** What answers never tell of an article. */
function plantedHtml(text: string): string {
  const planted = plantedIn(text).map(({ start, end }) => text.slice(start, end))
  if (planted.length === 0) return ''
  return `<p class="note">写给机器看的话，回答从不引用；代码、编码和外文也在其中：</p><ul class="planted">${planted
    .map((words) => `<li>${escape(words)}</li>`)
    .join('')}</ul>`
}

function inferredText(value: string | null, inferred: boolean, more: string | null): string {
  return [value ?? '不详', inferred && '（推断）', more].filter(Boolean).join(' ')
}

function furnitureHtml({ furniture }: Segmented): string {
  if (furniture.length === 0) return ''
  const lines = furniture.map(
    ({ what, text }) => `<li><b>${escape(what)}</b> ${escape(text.text)}</li>`,
  )
  return `<article class="furniture"><h2>不属于任何文章</h2><ul>${lines.join('')}</ul></article>`
}

function bylineText({ reporters, correspondents, authors, editor }: Byline): string {
  const part = (title: string, names: readonly string[]) =>
    names.length > 0 ? `${title} ${names.join('、')}` : ''
  return [
    part('记者', reporters),
    part('通讯员', correspondents),
    part('作者', authors),
    editor && `责任编辑 ${editor}`,
  ]
    .filter(Boolean)
    .join('；')
}

const colour = (owner: number) => (owner < 0 ? '' : `a${owner % HUES.length}`)

const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escape = (text: string) => text.replace(/[&<>"']/g, (c) => ESCAPES[c]!)

const STYLE = `
:root{color-scheme:light;font:15px/1.7 system-ui,"Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif;color:#222}
body{margin:0}header{padding:12px 20px;border-bottom:1px solid #ddd}h1{font-size:18px;margin:0}header p{margin:4px 0;color:#555}
main{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr)}
section{padding:16px 20px;overflow:auto;height:calc(100vh - 130px);box-sizing:border-box}
.source{white-space:pre-wrap;overflow-wrap:anywhere;border-right:1px solid #ddd}
.source span[class*=" a"]{background:hsl(var(--hue) 85% 92%)}
.headline{font-weight:700}.credits{font-style:italic}
.source .furniture,.legend .furniture{color:#888;background:#eee;text-decoration:none}
.lost{background:#c00;color:#fff}.dropped{color:#c60;text-decoration:line-through}
u{text-decoration:underline dotted #c60;text-underline-offset:3px;cursor:help}
.articles article{border-left:6px solid hsl(var(--hue) 60% 60%);padding:2px 0 2px 14px;margin:0 0 18px}
.articles article.furniture{border-color:#bbb}
h2{font-size:16px;margin:0 0 4px}small{font-weight:400;color:#777}
dl{display:grid;grid-template-columns:4em 1fr;margin:0;font-size:13px;line-height:1.6}dt{color:#777}dd{margin:0}
.note,.notes{color:#a40;font-size:13px;margin:4px 0}details{font-size:14px}details p{margin:4px 0}
.furniture ul,.planted{font-size:13px;padding-left:18px}.planted{color:#a40}
@media(max-width:800px){main{display:block}section{height:auto}}
`
