import { createHash } from 'node:crypto'
import { Hono } from 'hono'
import { etag } from 'hono/etag'
import { inWords, titleOf } from '../answer/printed.ts'
import { isByStaff } from '../correction.ts'
import type { Article, Passage } from '../corpus.ts'
import { spanMarks } from '../conversation/quote-marks.ts'
import { sourcePath, spansAsked } from '../conversation/source-address.ts'
import type { PassageIndex } from '../retrieval/passage-index.ts'
import type { Span } from '../traced.ts'
import { annotated } from './annotated.ts'
import { bylineText } from './article-words.ts'
import { type Block, articleBlocks } from './article-blocks.ts'
import { asset } from './assets.ts'
import { firstSentence } from './first-sentence.ts'
import { type Html, type Part, html } from './html.ts'
import { STYLE as EVERY_PAGE, page, readersNav } from './page.ts'
import type { Robots } from './robots.ts'
import { searchForm } from './search-form.ts'

const STYLE = asset(new URL('source-page.css', import.meta.url))
/** The style sheets that stand in these pages; the policy names them by their hashes. */
export const WRITTEN_STYLES = [EVERY_PAGE, STYLE]

export interface SourcePagesDeps {
  readonly index: Pick<PassageIndex, 'article' | 'passages'>
  /** Where people reach these pages. */
  readonly publicUrl?: string | undefined
  readonly robots: Robots
  /** Whether there is a chat to lead to. */
  readonly hasChat?: boolean
  /** The article that the index keeps of one that is only reprinted under an id. */
  readonly keptOf?: (id: string) => string | undefined
}

/** The pages of articles, /s/<articleId>; ?q=start-end,… marks what stands there in the source. */
export function sourcePages({
  index,
  publicUrl,
  robots,
  hasChat = false,
  keptOf = () => undefined,
}: SourcePagesDeps): Hono {
  const site = publicUrl?.replace(/\/$/, '')
  return new Hono().get('/s/:id', etag(), async (c) => {
    const id = c.req.param('id')
    const [article, passages] = await Promise.all([index.article(id), index.passages(id)])
    if (!article) {
      const kept = keptOf(id)
      // What was marked stands elsewhere in the other's source.
      if (kept !== undefined && (await index.article(kept))) return c.redirect(sourcePath(kept))
      return c.html(gonePage(), 404)
    }
    // Read anew it keeps its address, and shall be seen as it was read last.
    c.header('cache-control', 'public, max-age=60')
    const canonical = site && `${site}${sourcePath(id)}`
    const spans = spansAsked(c.req.query('q'))
    const drawn = sourcePage({ article, passages, spans, canonical, robots, hasChat })
    c.header('etag', tagOf(drawn))
    return c.html(drawn)
  })
}

/** Of all that is sent, and so of what it is made by as well. Counted here: another thread would have to be waited for. */
const tagOf = (drawn: Html) =>
  `"${createHash('sha1').update(drawn.toString()).digest('base64url')}"`

interface Shown {
  readonly article: Article
  readonly passages: readonly Passage[]
  /** Of the source; what is marked. */
  readonly spans: readonly Span[]
  readonly canonical: string | undefined
  readonly robots: Robots
  readonly hasChat: boolean
}

function sourcePage({ article, passages, spans, canonical, robots, hasChat }: Shown): Html {
  const mark = marker()
  const head = headOf(article, passages, spans, mark)
  const body = bodyOf(article, passages, spans, mark)
  const { length } = article.repairs
  return page({
    title: article.headline ?? firstSentence(article.text),
    nav: readersNav(hasChat),
    head: unfolded(article, canonical, robots),
    styles: [STYLE],
    writesStyles: true,
    main: html`<article>
<header>${head}${factsOf(article)}</header>
${notesOf(article.notes)}
${length > 0 && html`<p class="repairs"><label class="inline"><input type="checkbox" id="repairs"> 显示修复过的字（${length} 处），<del>划去</del>的是原样</label></p>`}
<div class="text ${article.kind}">${body}</div>
</article>`,
  })
}

/** Draws what is marked; the first can be gone to. */
function marker(): (inside: Part) => Html {
  let isFirst = true
  return (inside) => {
    const id = isFirst && html` id="q"`
    isFirst = false
    return html`<mark${id}>${inside}</mark>`
  }
}

type Marker = ReturnType<typeof marker>

/** The lines above an article: its headline and what belongs to it, then bylines and credits as printed. */
function headOf(
  { section, kicker, headline, subtitle, byline }: Article,
  passages: readonly Passage[],
  spans: readonly Span[],
  mark: Marker,
): Part {
  const lines = passages
    .filter(({ part }) => part === 'head')
    .flatMap((passage) => {
      const draw = annotated(passage.text, { marks: spanMarks(passage, spans), mark })
      return Array.from(passage.text.matchAll(/[^\n]+/gu), ({ index, 0: text }) => ({
        text,
        drawn: draw({ start: index, end: index + text.length }),
      }))
    })
  const taken = new Set<string>()
  const asPrinted = (text: string | null): Part => {
    if (text === null) return null
    taken.add(text)
    return lines.find((line) => line.text === text)?.drawn ?? text
  }
  const [above, before, title, below] = [section, kicker, headline, subtitle].map(asPrinted)
  const credits = lines.filter(({ text }) => !taken.has(text)).map(({ drawn }) => drawn)
  const signed = credits.length > 0 ? credits : [bylineText(byline)].filter(Boolean)
  return html`${above && html`<p class="section">${above}</p>`}
${before && html`<p class="kicker">${before}</p>`}
<h1>${title ?? titleOf({ headline })}</h1>
${below && html`<p class="subtitle">${below}</p>`}
${signed.map((line) => html`<p class="credits">${line}</p>`)}`
}

/** By whom, when and where it was printed, and where it was read. */
function factsOf({ publication, date, place, document, source, n, also, url }: Article): Html {
  const { name, inferred, issue, page: sheet } = publication
  const printed = [name, issue, sheet].filter(Boolean).join(' ')
  const facts: readonly (readonly [string, Part])[] = [
    ['报纸', name ? `${printed}${inferred ? '（推断）' : ''}` : '报纸名未印出'],
    ['日期', date.value ? `${inWords(date.value)}${date.inferred ? '（推断）' : ''}` : '不详'],
    ['推断依据', date.inferred && date.reason],
    ['地点', place.length > 0 && placeLinks(place)],
    ['发文', [document?.issuer, document?.number].filter(Boolean).join(' ')],
    ['成文', document?.written],
    ['通过', document?.passed],
    ['施行', document?.inForce],
    [
      '原网页',
      isOnTheWeb(url) &&
        html`<a href="${url}" rel="noopener noreferrer nofollow">${new URL(url).host}</a>`,
    ],
    ['读自', `${source} 第 ${n} 篇`],
    ['也见于', also.join('，')],
  ]
  return html`<dl class="facts">${facts.map(
    ([what, value]) => value && html`<div><dt>${what}</dt><dd>${value}</dd></div>`,
  )}</dl>`
}

function placeLinks(place: readonly string[]): Part {
  return place.map((name, i) => {
    const path = new URLSearchParams({ place: place.slice(0, i + 1).join('/') })
    return html`<a href="/?${path.toString()}">${name}</a>`
  })
}

const isOnTheWeb = (url: string | null): url is string =>
  /^https?:$/.test((url === null ? null : URL.parse(url))?.protocol ?? '')

/** What was unsure when it was read, and what staff put right since. */
function notesOf(notes: readonly string[]): Part {
  const aside = (name: string, some: readonly string[]) =>
    some.length > 0 &&
    html`<aside class="notice" aria-label="${name}"><strong>${name}</strong><ul>${some.map((note) => html`<li>${note}</li>`)}</ul></aside>`
  return [
    aside(
      '存疑',
      notes.filter((note) => !isByStaff(note)),
    ),
    aside('校正', notes.filter(isByStaff)),
  ]
}

function bodyOf(
  article: Article,
  passages: readonly Passage[],
  spans: readonly Span[],
  mark: Marker,
): Part {
  const { text, repairs } = article
  const draw = annotated(text, { marks: spanMarks(article, spans), repairs, mark })
  return articleBlocks(article, passages).map((block) => blockOf(block, draw))
}

function blockOf(block: Block, draw: (stretch: Span) => Part): Html {
  if (block.kind !== 'table')
    return block.kind === 'subhead' ? html`<h2>${draw(block)}</h2>` : html`<p>${draw(block)}</p>`
  // Wider than a telephone it is moved sideways, by keys too.
  return html`<div class="scroll" role="region" aria-label="表格" tabindex="0"><table>${block.rows.map(
    ({ isHead, cells }) =>
      html`<tr>${cells.map((cell) => (isHead ? html`<th scope="col">${draw(cell)}</th>` : html`<td>${draw(cell)}</td>`))}</tr>`,
  )}</table></div>`
}

/** What a link to it unfolds to, and whether search engines may list it. */
function unfolded(
  { headline, text, date, publication }: Article,
  canonical: string | undefined,
  robots: Robots,
): Html {
  const description = firstSentence(text)
  const properties: readonly (readonly [string, string | null | undefined])[] = [
    ['og:type', 'article'],
    ['og:site_name', publication.name ? `问策 · ${publication.name}` : '问策'],
    ['og:title', headline ?? description],
    ['og:description', description],
    ['og:locale', 'zh_CN'],
    ['og:url', canonical],
    ['article:published_time', date.value],
  ]
  return html`<meta name="description" content="${description}">
<meta name="robots" content="${robots}">
${canonical && html`<link rel="canonical" href="${canonical}">`}
${properties.map(([name, content]) => content && html`<meta property="${name}" content="${content}">`)}`
}

function gonePage(): Html {
  const title = '找不到这篇文章'
  return page({
    title,
    main: html`<h1>${title}</h1><p>可能已不再收录，也可能网址不对。可以找找别的报道：</p>${searchForm({})}`,
  })
}
