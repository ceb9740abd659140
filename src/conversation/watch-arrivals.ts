import { setTimeout as sleep } from 'node:timers/promises'
import { chinaDay } from '../china-time.ts'
import type { Logger } from '../log.ts'
import { related } from '../language/places.ts'
import { askedPlaces } from '../retrieval/asked-places.ts'
import { mayLieBetween } from '../retrieval/days.ts'
import type { Arrivals, Printed } from './arrivals.ts'
import type { Follow, FollowNews, Follows } from '../stores/follows.ts'

export interface LookDeps {
  readonly arrivals: Arrivals
  readonly follows: Follows
  readonly now: () => number
}

export interface WatchDeps extends LookDeps {
  readonly log: Logger
  readonly signal: AbortSignal
  readonly everyMs?: number
  readonly latestMs?: number
}

/** What a look costs is one read of a number, of Qdrant two requests. */
const EVERY_MS = 10_000
/** So long an index may be written to before it is looked at all the same: where many papers are watched it never rests. */
const LATEST_MS = 10 * 60_000
/** What is printed earlier is no news, whenever it is read: a monthly paper comes some weeks late, an archive years. */
const NEWS_DAYS = 60
const DAY_MS = 24 * 3600 * 1000
/** Articles are asked for so many at a time, so that others have their turn. */
const AT_ONCE = 100

/**
 * Looks again and again whether the index has articles that it had not, and notes who is to be told of
 * them; until told to stop. An index that is being written to is left until it has been at rest between
 * two looks, so that one ingest is one piece of news; but not for ever.
 */
export async function watchArrivals(deps: WatchDeps): Promise<void> {
  const { arrivals, follows, log, signal, everyMs = EVERY_MS, latestMs = LATEST_MS } = deps
  let last: string | undefined
  let lookedAt = performance.now()
  let isAway = false
  while (!signal.aborted) {
    try {
      const state = await arrivals.indexState()
      // Whoever follows something in its first seconds means what comes after.
      const isFirst = async () => (await follows.seenState()) === undefined
      if (state === last || performance.now() - lookedAt >= latestMs || (await isFirst())) {
        lookedAt = performance.now()
        const counts = await lookAtArrivals(deps, state)
        if (counts.articles > 0) log.info(counts, 'articles came')
      }
      last = state
      isAway = false
    } catch (error) {
      if (!isAway) log.warn({ err: error }, 'it is not known yet which articles came')
      isAway = true
    }
    await sleep(everyMs, undefined, { signal }).catch(() => {})
  }
}

/**
 * Looks at the articles that nobody looked at before, by their ids, and notes what of them is news to
 * whom. What is there at the very first look is none.
 */
export async function lookAtArrivals(
  { arrivals, follows, now }: LookDeps,
  state: string,
): Promise<{ articles: number; follows: number }> {
  const before = await follows.seenState()
  if (before === state) return { articles: 0, follows: 0 }
  const fresh = await follows.unseen(await arrivals.articleIds())
  const news = before === undefined ? [] : await newsOf(fresh)
  await follows.see({ before, state, ids: fresh, at: now(), news })
  return { articles: fresh.length, follows: news.length }

  async function newsOf(ids: readonly string[]): Promise<FollowNews[]> {
    const all = await follows.all()
    if (all.length === 0) return []
    const recent = await printedSince(ids, chinaDay(now() - NEWS_DAYS * DAY_MS))
    const found: FollowNews[] = []
    for (const follow of all) {
      const within = recent.filter(isWithin(follow)).map(({ id }) => id)
      if (within.length === 0) continue
      const { answer, more } = await arrivals.answerNews(follow, within, chinaDay(now()))
      if (answer.status !== 'not_found') found.push({ answer, more, follow })
    }
    return found
  }

  async function printedSince(ids: readonly string[], from: string): Promise<Printed[]> {
    const recent: Printed[] = []
    for (let i = 0; i < ids.length; i += AT_ONCE) {
      const some = await arrivals.printed(ids.slice(i, i + AT_ONCE))
      recent.push(...some.filter(({ date }) => date === null || mayLieBetween(date, { from })))
    }
    return recent
  }
}

/** Whether an article is of the place that is followed, of one within it or of one around it. */
function isWithin({ topic, place }: Follow) {
  const { paths } = askedPlaces(topic, place ?? undefined)
  // One that we don't know lies nowhere that we know.
  if (paths.length === 0)
    return (article: Printed) => place === null || article.place.includes(place)
  return (article: Printed) =>
    article.place.length > 0 && paths.some((path) => related(path, article.place))
}
