import { createHash } from 'node:crypto'
import { mkdir, open, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { clock } from '../../clock.ts'
import { type DiskRoom, diskRoom } from '../../disk-room.ts'
import { messageOf } from '../../message-of.ts'
import { textIn } from '../read/decode.ts'
import { withOrigin } from '../read/fetched-page.ts'
import { createTrouble } from '../watch/trouble.ts'
import type { Say } from '../watch/watch-folders.ts'
import { type AskPolitely, RobotsError, type Said, restOf } from './ask-politely.ts'
import type { Address, Asked } from './asked.ts'
import { isFeed, readFeed } from './feed.ts'
import { FetchError } from './get.ts'
import { pageName } from './page-name.ts'

export interface FetchDeps {
  /** What is listed just now. */
  readonly listed: () => Promise<readonly string[]>
  readonly asked: Asked
  readonly askPolitely: AskPolitely
  /** Where pages are kept. */
  readonly folder: string
  /** How often a feed is asked, and a page that changed. */
  readonly everyMs: number
  readonly info: Say
  readonly warn: Say
  readonly onState: (state: {
    readonly listed: number
    readonly pages: number
    readonly failed: number
    readonly askedAt: number | null
  }) => void
  readonly signal: AbortSignal
  /** How often it looks whether something is to be asked. */
  readonly lookMs?: number
  readonly roomOf?: (folder: string) => Promise<DiskRoom>
}

const LOOK_MS = 5_000
const DAY_MS = 24 * 3600 * 1000
/** A page that does not change is asked half as often each time, down to this. */
const SELDOM_MS = 7 * DAY_MS
/** What cannot be had is asked half as often each time, down to this. */
const FAILED_MS = DAY_MS
/** Longer pages and feeds hold no more articles. */
const MOST_BYTES = 5_000_000
/** Of a feed so many articles count, as it has them. */
const MOST_ITEMS = 200
/** This is left to the databases, a feed may name large pages without end: a part of the disk, and bytes at most. */
const LEAST_FREE = { part: 0.05, bytes: 5e9 }
/** It goes on with so many times as much, and so does not begin and end with each page. */
const ENOUGH = 1.2
/** So many sites at a time. */
const MOST_SITES = 4

/**
 * Asks the feeds and pages that are listed, and the pages that the feeds name, again and again until
 * told to stop, and keeps each page as a file as it came; who reads that folder finds what is new. What
 * is gone on the web stays as it was kept.
 */
export async function fetchAddresses(deps: FetchDeps): Promise<void> {
  const { asked, askPolitely, folder, everyMs, info, warn, signal, roomOf = diskRoom } = deps
  const busy = new Map<string, Promise<void>>()
  let listed: readonly string[] | undefined
  let askedAt: number | null = null
  let isFull = false
  const trouble = createTrouble({
    firstMs: deps.lookMs ?? LOOK_MS,
    mostMs: 60 * (deps.lookMs ?? LOOK_MS),
    onMet: (what) => warn({ what }, what),
    onOver: (what, ms) => info({ what, ms }, 'Addresses are fetched again.'),
  })
  let wake = Promise.withResolvers<void>()

  while (!signal.aborted) {
    wake = Promise.withResolvers()
    await orTrouble(begin)
    const pause = sleep(deps.lookMs ?? LOOK_MS, undefined, { signal }).catch(() => {})
    await Promise.race([wake.promise, pause])
  }
  await Promise.all(busy.values())

  /** Begins with what is to be asked, at sites where nothing is asked just now. */
  async function begin() {
    const now = await deps.listed()
    if (now.join('\n') !== listed?.join('\n')) asked.list(now)
    listed = now
    await lookForRoom()
    for (const address of isFull ? [] : asked.due(clock.now())) {
      if (busy.size >= MOST_SITES) break
      if (busy.has(address.site)) continue
      const done = orTrouble(() => ask(address).then(trouble.over)).finally(() => {
        busy.delete(address.site)
        askedAt = clock.now()
        wake.resolve()
      })
      busy.set(address.site, done)
    }
    deps.onState({ listed: listed.length, ...asked.counts(), askedAt })
  }

  async function lookForRoom() {
    // Somebody may have taken it away meanwhile.
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const { free, all } = await roomOf(folder)
    const least = Math.min(all * LEAST_FREE.part, LEAST_FREE.bytes)
    if (!isFull && free < least) warn({ free }, FULL)
    if (isFull && free >= least * ENOUGH)
      info({ free }, 'There is room: addresses are fetched again.')
    isFull = free < (isFull ? least * ENOUGH : least)
  }

  /** What keeps us from remembering what was asked, as a full disk: all is asked again. */
  async function orTrouble(step: () => Promise<void>) {
    if (trouble.isResting()) return
    try {
      await step()
    } catch (error) {
      trouble.met(`Addresses cannot be fetched: ${messageOf(error)}`)
    }
  }

  async function ask(address: Address): Promise<void> {
    try {
      const said = await askPolitely(address.url, {
        headers: conditions(address),
        maxBytes: MOST_BYTES,
        signal,
      })
      asked.keep({ ...address, ...(await taken(address, said)), failures: 0, error: null })
    } catch (error) {
      if (!signal.aborted) fail(address, error)
    }
  }

  /** What is remembered of what an address said, which is kept by then. */
  async function taken(address: Address, said: Said): Promise<Partial<Address>> {
    const { status, headers, body } = said
    const again = (restMs: number) => ({ restMs, askAt: clock.now() + restMs })
    const unchanged = () => again(Math.min(Math.max(address.restMs * 2, everyMs), SELDOM_MS))
    if (status === 304)
      return address.feed === null && address.digest === FEED ? again(everyMs) : unchanged()
    if (status === 404 || status === 410) throw new GoneError(`It is gone (${status}).`)
    if (status !== 200) throw new FailedError(`It says ${status}.`, restOf(said))
    const marks = { etag: headers.etag ?? null, modified: headers['last-modified'] ?? null }
    const items = address.feed === null ? itemsOf(said) : undefined
    if (items) {
      asked.name(address.url, items)
      return { ...marks, ...again(everyMs), digest: FEED }
    }
    const { charset } = pageType(said)
    const page = withOrigin({ url: said.url.href, charset, published: address.published }, body)
    const digest = createHash('sha256').update(page).digest('base64url')
    if (digest === address.digest) return { ...marks, ...unchanged() }
    await keepPage(join(folder, pageName(address.url)), page)
    return { ...marks, ...again(everyMs), digest }
  }

  function fail(address: Address, error: unknown) {
    const isGone = error instanceof GoneError
    const said = messageOf(error)
    const failures = address.failures + 1
    const longest = isGone ? SELDOM_MS : FAILED_MS
    const restMs =
      isGone || error instanceof RobotsError
        ? longest
        : Math.min(everyMs * 2 ** Math.min(failures - 1, 20), longest)
    const askedMs = error instanceof FailedError ? Math.min(error.restMs ?? 0, SELDOM_MS) : 0
    const askAt = clock.now() + Math.max(restMs, askedMs)
    asked.keep({ ...address, restMs, askAt, failures, error: said })
    if (address.error === said) return
    const kept = address.digest === null ? '' : ' What was read of it stays.'
    const say = address.feed === null ? warn : info
    say({ address: shown(address.url) }, `${shown(address.url)}: ${said}${kept}`)
  }
}

const FULL =
  'The disk is nearly full: nothing is fetched, what is left is for the databases. What was listed is asked when there is room.'

/** In the place of a page's digest, of a feed. */
const FEED = 'feed'

class GoneError extends FetchError {}

class FailedError extends FetchError {
  readonly restMs: number | undefined

  constructor(message: string, restMs: number | undefined) {
    super(message)
    this.restMs = restMs
  }
}

/** Asks for what changed alone, once it was kept. */
function conditions({ digest, etag, modified }: Address): Record<string, string> {
  if (digest === null) return {}
  return {
    ...(etag && { 'if-none-match': etag }),
    ...(modified && { 'if-modified-since': modified }),
  }
}

/** What stands behind a question mark may be somebody's key. */
function shown(address: string): string {
  const { host, pathname } = new URL(address)
  return `${host}${pathname}`
}

/** What a feed names; undefined where it is none. */
function itemsOf({ body, url }: Said) {
  if (body.length === 0) return undefined
  try {
    const { text } = textIn(body, 'The feed')
    return isFeed(text) ? readFeed(text, url.href, MOST_ITEMS) : undefined
  } catch (error) {
    if (error instanceof RangeError) throw new FetchError('The feed is too deep to be read.')
    return undefined
  }
}

/** How a page says that it is encoded; what is no page is not taken. */
function pageType({ headers, body }: Said): { charset: string | null } {
  const type = headers['content-type'] ?? ''
  const isPage = /^\s*(?:text\/html|application\/xhtml\+xml)\b/iu.test(type)
  const looksSo =
    type === '' && /<(?:!doctype html|html)\b/iu.test(body.toString('latin1', 0, 2000))
  if (!isPage && !looksSo)
    throw new FetchError(`It is no page and no feed but ${JSON.stringify(type.slice(0, 50))}.`)
  return { charset: /charset\s*=\s*["']?([\w-]+)/iu.exec(type)?.[1] ?? null }
}

/** In one piece, and on the disk before it is remembered that it is there. */
async function keepPage(path: string, page: Buffer) {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const part = `${path}.part`
  const file = await open(part, 'w', 0o600)
  try {
    await file.writeFile(page)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(part, path)
}
