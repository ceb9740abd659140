import { setTimeout as sleep } from 'node:timers/promises'
import { clock } from '../../clock.ts'
import { FetchError, type Get, type Got } from './get.ts'
import { type Robots, readRobots } from './robots.ts'

/** Ours, as sites name it in their robots.txt. */
export const PRODUCT = 'wence'

const SECOND_MS = 1000
const HOUR_MS = 3600 * SECOND_MS
/** Between two requests to a site, unless it wants more. */
const BETWEEN_MS = SECOND_MS
/** A site that wants more than that of everybody does not want to be asked. */
const MOST_DELAY_MS = HOUR_MS
/** RFC 9309: so much of a robots.txt counts, and so long; one that cannot be had is asked for again sooner. */
const ROBOTS_BYTES = 512_000
const ROBOTS_MS = 24 * HOUR_MS
const ROBOTS_AGAIN_MS = HOUR_MS / 2
const MOST_HOPS = 5

/** What an address said, behind all redirects, and where it said it. */
export interface Said extends Got {
  readonly url: URL
}

export interface AskOptions {
  readonly headers?: Readonly<Record<string, string>>
  readonly maxBytes: number
  readonly signal: AbortSignal
}

interface Site {
  /** One request at a time. */
  turn: Promise<unknown>
  /** No request before. */
  freeAt: number
  delayMs: number
}

/** Not allowed by the site's robots.txt; no error of ours or of the site. */
export class RobotsError extends FetchError {}

/**
 * Asks as a guest does: what a site's robots.txt does not forbid, one request a second or as slowly as
 * it wants, and not before it said to come again. Redirects are followed on the web alone, each asked
 * for as politely.
 */
export function createAskPolitely({
  get,
  isOwnPort,
  betweenMs = BETWEEN_MS,
}: {
  readonly get: Get
  /** Whether a port is asked other than those of the web: those that the list itself names. */
  readonly isOwnPort: (url: URL) => boolean
  readonly betweenMs?: number
}) {
  const sites = new Map<string, Site>()
  const rules = new Map<string, { robots: Promise<Robots>; until: number }>()

  /** @throws FetchError in a sentence; RobotsError where it is not allowed. */
  return async function askPolitely(address: string, options: AskOptions): Promise<Said> {
    let url = new URL(address)
    for (let hops = 0; hops <= MOST_HOPS; hops++) {
      refuseOdd(url)
      const robots = await robotsOf(url, options.signal)
      if (!robots.isAllowed(url.pathname + url.search))
        throw new RobotsError(
          `${url.host} does not want ${url.pathname} to be fetched (robots.txt).`,
        )
      const got = await inTurn(url, () => get(url, options), options.signal)
      if (!isRedirect(got.status)) return { ...got, url }
      const next = URL.parse(got.headers.location ?? '', url)
      if (!next) throw new FetchError(`It leads nowhere (${got.status}).`)
      next.hash = ''
      url = next
    }
    throw new FetchError(`It leads on more than ${MOST_HOPS} times.`)
  }

  function refuseOdd(url: URL) {
    if (!/^https?:$/u.test(url.protocol))
      throw new FetchError(`It leads to ${url.protocol}, which is no address of the web.`)
    if (url.username !== '' || url.password !== '')
      throw new FetchError('It leads to an address with a name or password in it.')
    if (url.port !== '' && !isOwnPort(url))
      throw new FetchError(
        `It leads to port ${url.port}; other ports than the web's own are only asked where the list names them.`,
      )
  }

  function robotsOf(url: URL, signal: AbortSignal): Promise<Robots> {
    const known = rules.get(url.origin)
    if (known && clock.now() < known.until) return known.robots
    const entry = { robots: fetchRobots(url, signal), until: clock.now() + ROBOTS_MS }
    rules.set(url.origin, entry)
    entry.robots.then(
      ({ delayMs }) => (siteOf(url).delayMs = Math.min(delayMs, MOST_DELAY_MS)),
      () => (entry.until = signal.aborted ? 0 : clock.now() + ROBOTS_AGAIN_MS),
    )
    return entry.robots
  }

  async function fetchRobots(from: URL, signal: AbortSignal): Promise<Robots> {
    let url = new URL('/robots.txt', from)
    for (let hops = 0; hops <= MOST_HOPS; hops++) {
      refuseOdd(url)
      const options = { maxBytes: ROBOTS_BYTES, isCut: true, signal }
      const got = await inTurn(url, () => get(url, options), signal)
      if (got.status >= 500 || got.status === 429)
        throw new FetchError(`The robots.txt of ${from.host} cannot be had (${got.status}).`)
      if (!isRedirect(got.status))
        return readRobots(got.status < 300 ? got.body.toString() : '', PRODUCT)
      const next = URL.parse(got.headers.location ?? '', url)
      if (!next) break
      url = next
    }
    // RFC 9309: one that leads on for ever is as good as none.
    return readRobots('', PRODUCT)
  }

  /** One request at a time to a site, each a while after the one before. */
  async function inTurn(url: URL, ask: () => Promise<Got>, signal: AbortSignal): Promise<Got> {
    const site = siteOf(url)
    const before = site.turn
    const done = (async () => {
      await before
      await sleep(Math.max(0, site.freeAt - clock.now()), undefined, { signal })
      site.freeAt = clock.now() + Math.max(betweenMs, site.delayMs)
      const got = await ask()
      if (got.status === 429 || got.status === 503)
        site.freeAt = Math.max(site.freeAt, clock.now() + Math.min(restOf(got) ?? 0, HOUR_MS))
      return got
    })()
    site.turn = done.catch(() => undefined)
    return done
  }

  function siteOf({ hostname }: URL): Site {
    const site = sites.get(hostname) ?? { turn: Promise.resolve(), freeAt: 0, delayMs: 0 }
    sites.set(hostname, site)
    return site
  }
}

export type AskPolitely = ReturnType<typeof createAskPolitely>

const isRedirect = (status: number) => [301, 302, 303, 307, 308].includes(status)

/** How long a site asks to be left alone, in ms. */
export function restOf({ headers }: Pick<Got, 'headers'>): number | undefined {
  const value = headers['retry-after']
  if (value === undefined) return undefined
  const ms = /^\d+$/u.test(value) ? Number(value) * SECOND_MS : Date.parse(value) - clock.now()
  return Number.isNaN(ms) ? undefined : Math.max(0, ms)
}
