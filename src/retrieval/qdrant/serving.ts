/** Which collection serves, and which generation of it: known for a while, so that a search is one request. */
import { NoIndexError } from '../index-unavailable.ts'
import { checkShape, readMeta, refuseForeign } from './collections.ts'
import type { Meta } from './layout.ts'
import type { Server } from './server.ts'

/** After this it is looked up beside a search, after `LAST_MS` before it. */
const STALE_MS = 5_000
const LAST_MS = 30_000

/**
 * How long what was replaced stays, in ms: readers see a state that may be `LAST_MS` old, and one
 * request of theirs takes its time.
 */
export const GRACE_MS = 120_000

export interface Serving {
  /**
   * What answers.
   * @throws NoIndexError while nothing does: what is not there says nothing about what the papers print.
   */
  current(): Promise<Meta>
  /** The same, looked up now; undefined while there is nothing. */
  refresh(): Promise<Meta | undefined>
  /** What the alias stands for now. */
  aliased(): Promise<Meta | undefined>
  /** What this process itself has just made current. */
  adopt(meta: Meta): void
}

/** `ownName` is the collection of this program's own layout. */
export function createServing(
  server: Server,
  alias: string,
  ownName: string,
  now: () => number,
): Serving {
  let known: { readonly meta: Meta | undefined; readonly at: number } | undefined
  let refreshing: Promise<Meta | undefined> | undefined

  return { current, refresh, aliased, adopt: (meta) => void remember(meta) }

  async function current() {
    const age = known ? now() - known.at : Infinity
    if (age > STALE_MS) {
      const looked = (refreshing ??= refresh().finally(() => (refreshing = undefined)))
      if (!known?.meta || age > LAST_MS) await looked
      // What comes of it is for the next search; when the server is down, this one will say so.
      else looked.catch(() => {})
    }
    // Of one that is only being made nothing is committed.
    if (known?.meta && known.meta.generation > 0) return known.meta
    throw new NoIndexError(
      `There is no index ${alias} on ${server.host}; run npm run ingest, or restore its collection.`,
    )
  }

  async function refresh() {
    return remember((await aliased()) ?? (await withoutAlias()))
  }

  async function aliased() {
    const meta = await readMeta(server, alias)
    if (!meta) await refuseForeign(server, alias)
    else if (meta.name !== known?.meta?.name) await checkShape(server, meta)
    return meta
  }

  /** A snapshot brings back a collection and not its alias, which the next ingest sets again. */
  async function withoutAlias() {
    const meta = await readMeta(server, ownName)
    if (meta) await checkShape(server, meta)
    return meta
  }

  /** A look that began before this process's own commit must not undo it. */
  function remember(meta: Meta | undefined) {
    const older =
      meta?.identity === known?.meta?.identity && meta && known!.meta!.generation > meta.generation
    known = { meta: older ? known!.meta : meta, at: now() }
    return known.meta
  }
}
