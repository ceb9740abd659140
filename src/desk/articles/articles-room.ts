import { type Context, Hono } from 'hono'
import type { Told, ToldPassages } from '../../stores/told.ts'
import { Anchor, type Correcting } from '../../correction.ts'
import { type Article, GivenDate, Kind, type Passage } from '../../corpus.ts'
import type { Asked } from '../../explanation.ts'
import type { DeskEnv, Room } from '../desk.ts'
import { formOf } from '../form.ts'
import type { Facts, Given } from './correcting-part.ts'
import { askedIn } from './asked.ts'
import { type Indexed, type ToldPassage, readingPage } from './reading-page.ts'
import type { Look, ReadAgain, Sources } from './sources.ts'
import { ON_A_PAGE, doubtful, doubtsPage, readingPath, sourcesPage } from './sources-page.ts'
import { untoldPage } from './untold-page.ts'
import { uploadRoom } from './upload-room.ts'
import type { Uploads } from './uploads.ts'

export interface ArticlesRoomDeps {
  readonly sources: Sources
  readonly uploads: Uploads
  readonly article: (id: string) => Promise<Article | undefined>
  readonly passages: (articleId: string) => Promise<readonly Passage[]>
  /** How often what was told, by id; without it nothing is counted, as where no questions are kept. */
  readonly told?: ToldPassages | undefined
}

const NOTHING: ReadonlyMap<string, Told> = new Map()
const UNTOLD_ON_A_PAGE = 50
/** So many results of corrections are remembered, for the page that is shown after each. */
const REMEMBERED = 100

/** What was read from each source, what is doubtful in it, and what staff correct. */
export function articlesRoom({
  sources,
  uploads,
  article,
  passages,
  told: counted,
}: ArticlesRoomDeps): Room {
  const told = async () => (await counted?.articles()) ?? NOTHING
  const results = new Map<string, ReadAgain>()
  let count = 0

  return new Hono<DeskEnv>()
    .get('/', async (c) => {
      const name = c.req.query('name')?.trim() ?? ''
      const isDoubtful = c.req.query('doubtful') === '1'
      const all = sources
        .list()
        .filter((one) => one.source.includes(name) && (!isDoubtful || doubtful(one) > 0))
      const from = startOf(c)
      return c.html(
        sourcesPage({
          who: c.get('who'),
          sources: all.slice(from, from + ON_A_PAGE),
          total: all.length,
          from,
          name,
          isDoubtful,
          told: counted ? await toldBySource() : undefined,
          unreadCorrections: sources.unreadCorrections(),
        }),
      )
    })
    .route('/upload', uploadRoom(uploads))
    .get('/doubts', (c) => c.html(doubtsPage(c.get('who'), sources.list())))
    .get('/untold', async (c) => {
      const known = await told()
      const all = [...sources.sourceByArticle().keys()]
      const untold = all.filter((id) => !known.has(id))
      const from = startOf(c)
      const shown = untold.slice(from, from + UNTOLD_ON_A_PAGE)
      const articles = await Promise.all(shown.map((id) => article(id)))
      return c.html(
        untoldPage({
          who: c.get('who'),
          articles: articles.filter((one) => one !== undefined),
          total: untold.length,
          all: all.length,
          from,
          onAPage: UNTOLD_ON_A_PAGE,
        }),
      )
    })
    .get('/source', (c) =>
      reading(c, c.req.query('name') ?? '', askedIn(c), { done: c.req.query('done') }),
    )
    .post('/correct', async (c) => {
      const field = await formOf(c)
      const at = anchorIn(field('at'))
      if (!at) return c.notFound()
      const facts: Facts = {
        headline: field('headline').trim().replaceAll(/\s+/gu, ' '),
        kind: field('kind'),
        date: field('date').trim(),
        place: field('place').trim(),
      }
      const fault = faultOf(facts)
      if (fault) {
        const given = { near: at.near, facts }
        return reading(c, field('name'), { n: Number(field('n')) }, { fault, given })
      }
      return correct(
        c,
        field,
        at,
        correctionsOf(facts, (name) => field(`was-${name}`)),
      )
    })
    .post('/split', async (c) => {
      const field = await formOf(c)
      const at = anchorIn(field('paragraph'))
      if (!at) return c.notFound()
      return correct(c, field, at, [
        { what: 'split', value: field('headed') === '1' ? 'headline' : 'text' },
      ])
    })
    .post('/join', async (c) => {
      const field = await formOf(c)
      const [at, next] = [anchorIn(field('at')), field('next')]
      if (!at || next === '') return c.notFound()
      return correct(c, field, at, [{ what: 'join', value: next }])
    })
    .post('/undo', async (c) => {
      const field = await formOf(c)
      return show(c, field, await sources.undo(field('name'), field('id')))
    })

  async function correct(
    c: Context<DeskEnv>,
    field: (name: string) => string,
    at: Anchor,
    corrected: readonly Correcting[],
  ) {
    const name = field('name')
    if (!sources.find(name)) return c.notFound()
    return show(c, field, await sources.correct(name, at, corrected, c.get('who')))
  }

  function show(c: Context<DeskEnv>, field: (name: string) => string, result: ReadAgain) {
    const key = String(++count)
    results.set(key, result)
    results.delete(String(count - REMEMBERED))
    const path = readingPath(field('name'), { n: Number(field('n')) || undefined })
    return c.redirect(`${path}&done=${key}`, 303)
  }

  async function reading(
    c: Context<DeskEnv>,
    name: string,
    asked: Asked,
    { done, fault, given }: { done?: string | undefined; fault?: string; given?: Given },
  ) {
    const source = sources.find(name)
    if (!source) return c.notFound()
    const look = await sources.look(name, asked)
    const page = readingPage({
      who: c.get('who'),
      source: name,
      look,
      problems: source.problems,
      corrections: sources.corrections(name),
      indexed: await indexedOf(name, look),
      keptElsewhere: await keptElsewhere(name, look),
      done: done === undefined ? undefined : results.get(done),
      fault,
      given,
    })
    return c.html(page, fault === undefined ? 200 : 400)
  }

  /** The articles that are shown, of a source that cannot be read now all. */
  async function indexedOf(
    name: string,
    { explanation }: Look,
  ): Promise<ReadonlyMap<number, Indexed>> {
    const shown = explanation && new Set(explanation.articles.map((one) => one.article.n))
    const ids = sources.articlesOf(name).filter(({ n }) => shown?.has(n) ?? true)
    const all = ids.map(async ({ n, id }) => [n, { id, told: await coverage(name, id) }] as const)
    return new Map(await Promise.all(all))
  }

  async function coverage(name: string, articleId: string): Promise<ToldPassage[] | null> {
    if (!counted) return null
    const known = await counted.passages(articleId)
    return (await passages(articleId)).map(({ id, part, source, spans }) => ({
      part,
      start: source === name ? (spans[0]?.start ?? null) : null,
      ...(known.get(id) ?? { times: 0, at: 0 }),
    }))
  }

  /** Of what is shown, by its number, what the index keeps of another source. */
  async function keptElsewhere(name: string, { explanation }: Look) {
    const shown = new Set(explanation?.articles.map((one) => one.article.n))
    // Both parts of a line that was split have its number.
    const ids = Map.groupBy(sources.articlesOf(name), ({ n }) => n)
    const kept = new Map<number, Article>()
    for (const n of shown) {
      const all = await Promise.all((ids.get(n) ?? []).map(({ id }) => article(id)))
      const [first] = all
      if (first && all.every((one) => one && one.source !== name)) kept.set(n, first)
    }
    return kept
  }

  async function toldBySource(): Promise<ReadonlyMap<string, number>> {
    const bySource = new Map<string, number>()
    const sourceOf = sources.sourceByArticle()
    for (const [id, { times }] of await told()) {
      const source = sourceOf.get(id)
      if (source !== undefined) bySource.set(source, (bySource.get(source) ?? 0) + times)
    }
    return bySource
  }
}

const startOf = (c: Context) => Math.max(0, Math.floor(Number(c.req.query('from'))) || 0)

/** A place as `anchorValue` wrote it. */
function anchorIn(value: string): Anchor | undefined {
  const [, line, near, words] = /^(\d*):(\d+) (.+)$/su.exec(value) ?? []
  return Anchor.safeParse({ line: line ? Number(line) : null, near: Number(near), words }).data
}

function faultOf({ kind, date, place, headline }: Facts): string | undefined {
  if (date !== '' && !GivenDate.safeParse(date).success)
    return '没有保存：日期要写成 2023、2023-02，或者 2023-02-08 这样，是真有的一天，年份从 1900 到明年。'
  if (!Kind.safeParse(kind).success) return '没有保存：没有这样的类别。'
  if (headline.length > 200 || place.length > 50) return '没有保存：标题或地点太长了。'
  return undefined
}

/** Of what stands in a form, what is not as it was. A date or a place is put right, and never taken away. */
function correctionsOf(
  { headline, kind, date, place }: Facts,
  was: (name: keyof Facts) => string,
): Correcting[] {
  const corrected: Correcting[] = []
  const { data } = Kind.safeParse(kind)
  if (headline !== was('headline')) corrected.push({ what: 'headline', value: headline })
  if (data && kind !== was('kind')) corrected.push({ what: 'kind', value: data })
  if (date !== '' && date !== was('date')) corrected.push({ what: 'date', value: date })
  if (place !== '' && place !== was('place')) corrected.push({ what: 'place', value: place })
  return corrected
}
