import { Hono } from 'hono'
import { detailsOf, titleOf } from '../answer/printed.ts'
import { browse } from '../conversation/browse.ts'
import type { Catalogue, Entry } from '../conversation/catalogue.ts'
import type { FoundArticle, Library } from '../conversation/library.ts'
import { sourcePath } from '../conversation/source-address.ts'
import type { Article } from '../corpus.ts'
import type { Logger } from '../log.ts'
import { oneAtATime } from '../retrieval/one-at-a-time.ts'
import type { PassageIndex } from '../retrieval/passage-index.ts'
import { annotated } from './annotated.ts'
import { KINDS } from './article-words.ts'
import { asset } from './assets.ts'
import { type Asked, addressOf, askedIn, facets, kept } from './facets.ts'
import { firstSentence } from './first-sentence.ts'
import { type Html, type Part, html } from './html.ts'
import { page, readersNav } from './page.ts'
import type { Robots } from './robots.ts'
import { searchForm } from './search-form.ts'

const STYLE = asset(new URL('home-page.css', import.meta.url))

export interface HomePageDeps {
  readonly index: Pick<PassageIndex, 'article'>
  readonly catalogue: Catalogue
  readonly search: Library['search']
  readonly robots: Robots
  /** Whether there is a chat to lead to. */
  readonly hasChat?: boolean
  readonly log: Logger
}

const A_PAGE = 20
/** One is searched for at a time, so that questions never wait for many; more than these do not wait. */
const MOST_WAITING = 20

/** All articles, by words, place, month and topic: /?query=…&place=…/…&month=…&topic=…&page=… */
export function homePage({
  index,
  catalogue,
  search,
  robots,
  hasChat = false,
  log,
}: HomePageDeps): Hono {
  const inTurn = oneAtATime()
  let waiting = 0
  return new Hono().get('/', async (c) => {
    const asked = askedIn(c.req.query())
    const all = await catalogue.entries()
    const found = asked.query === '' ? undefined : await find(asked.query)
    const failed = typeof found === 'string' ? found : undefined
    const hits = typeof found === 'object' ? found : undefined
    const browsed = browse(hits ? ranked(all, hits) : all, asked)
    const pages = Math.max(1, Math.ceil(browsed.entries.length / A_PAGE))
    const shown = { ...asked, page: Math.min(asked.page, pages) }
    const entries = browsed.entries.slice((shown.page - 1) * A_PAGE, shown.page * A_PAGE)
    const articles = await Promise.all(entries.map(({ id }) => index.article(id)))
    c.header('cache-control', 'no-cache')
    return c.html(
      page({
        title: asked.query === '' ? '收录的报道' : `“${asked.query}”的报道`,
        nav: readersNav(hasChat, '/'),
        width: 'wide',
        styles: [STYLE],
        head: html`<meta name="robots" content="${asked.query === '' ? robots : 'noindex'}">`,
        main: html`<h1>收录的报道</h1>
${searchForm({ query: asked.query, kept: kept(asked) })}
${failed !== undefined && html`<p class="notice">${failed}</p>`}
<div class="found">
<details class="facets"><summary>按地区、时间、主题找</summary>${facets(asked, browsed)}</details>
<section aria-label="报道">
<p class="count">${countText(all.length, browsed.entries.length, asked)}</p>
<ol class="plain" start="${(shown.page - 1) * A_PAGE + 1}">${entries.map((entry, i) => listed(entry, articles[i], hits))}</ol>
${pages > 1 && turning(shown, pages)}
</section>
</div>`,
      }),
    )
  })

  /** What a search finds, or why it does not, in a sentence. */
  async function find(query: string): Promise<readonly FoundArticle[] | string> {
    if (waiting >= MOST_WAITING) return '现在查找的人多，请稍后再试；下面是全部报道。'
    waiting++
    try {
      return await inTurn(() => search(query))
    } catch (error) {
      log.error({ err: error }, 'a search for articles failed')
      return '暂时不能按词查找，请稍后再试；下面是全部报道。'
    } finally {
      waiting--
    }
  }
}

/** What was found, in its order, as the catalogue has it. */
function ranked(all: readonly Entry[], found: readonly FoundArticle[]): Entry[] {
  const rank = new Map(found.map(({ id }, i) => [id, i]))
  return all.filter(({ id }) => rank.has(id)).toSorted((a, b) => rank.get(a.id)! - rank.get(b.id)!)
}

function countText(all: number, left: number, { query }: Asked): string {
  if (all === 0) return '还没有收录报道。'
  if (left === 0) return '没有找到这样的报道。换个说法，或者少选几个条件。'
  return query === '' ? `共 ${left} 篇` : `找到 ${left} 篇，最相关的在前`
}

function listed(
  { id, headline, kind }: Entry,
  article: Article | undefined,
  found: readonly FoundArticle[] | undefined,
): Part {
  // Taken out a moment ago.
  if (!article) return null
  const words = found?.find((one) => one.id === id)?.snippet
  const drawn = words
    ? annotated(words.text, { marks: words.marks, mark: (inside) => html`<mark>${inside}</mark>` })(
        {
          start: 0,
          end: words.text.length,
        },
      )
    : firstSentence(article.text)
  return html`<li><h3><a href="${sourcePath(id)}">${headline ?? titleOf({ headline })}</a></h3>
<p class="soft">${[detailsOf(article), kind !== 'article' && KINDS[kind]].filter(Boolean).join(' · ')}</p>
<p>${drawn}</p></li>`
}

function turning(asked: Asked, pages: number): Html {
  const to = (sheet: number, text: string) =>
    sheet >= 1 &&
    sheet <= pages &&
    html`<a class="button" href="${addressOf({ ...asked, page: sheet })}">${text}</a>`
  return html`<nav class="row" aria-label="翻页">${to(asked.page - 1, '上一页')}
<span>第 ${asked.page} 页，共 ${pages} 页</span>${to(asked.page + 1, '下一页')}</nav>`
}
