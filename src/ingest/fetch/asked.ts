import { z } from 'zod'
import { openWhole } from '../../database/open-whole.ts'
import { isSealed, seal } from '../../database/seal.ts'
import { transaction } from '../../database/transaction.ts'

/** An address, and what came of it. Times are milliseconds since 1970, digests of what is kept of it. */
const Address = z.object({
  url: z.string(),
  /** The host that it is at. */
  site: z.string(),
  /** The feed that names it; null of one that is listed. */
  feed: z.string().nullable(),
  /** YYYY-MM-DD, as the feed says. */
  published: z.string().nullable(),
  etag: z.string().nullable(),
  modified: z.string().nullable(),
  digest: z.string().nullable(),
  /** How long it was let alone the last time, and until when it is. */
  restMs: z.int(),
  askAt: z.int(),
  /** How often in a row it could not be had, and why, in a sentence. */
  failures: z.int(),
  error: z.string().nullable(),
  /** 1 where it is asked, or 0 where neither it nor the feed that names it is listed any more. */
  isListed: z.int(),
})

export type Address = z.infer<typeof Address>

const COLUMNS = Address.keyof().options

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS addresses (url TEXT PRIMARY KEY, site TEXT, feed TEXT, published TEXT,
    etag TEXT, modified TEXT, digest TEXT, restMs INTEGER, askAt INTEGER, failures INTEGER, error TEXT,
    isListed INTEGER, ${seal(...COLUMNS)}) STRICT;
  CREATE INDEX IF NOT EXISTS addresses_by_time ON addresses (isListed, askAt);
  CREATE INDEX IF NOT EXISTS addresses_by_feed ON addresses (feed);`

const NEW = {
  etag: null,
  modified: null,
  digest: null,
  restMs: 0,
  askAt: 0,
  failures: 0,
  error: null,
  isListed: 1,
}

const siteOf = (url: string) => new URL(url).hostname

/** Of one feed so many pages are known at most: one that names others for ever fills a disk. */
const MOST_OF_FEED = 20_000

/** What is known of addresses, in a file that outlasts whoever asks; without it all are asked anew. */
export function openAsked(file: string, onNotice: (notice: string) => void) {
  const db = openWhole(file, {
    busyMs: 10_000,
    steps: [],
    schema: SCHEMA,
    isChecked: true,
    onDamage: (damage) => onNotice(`${file} was damaged (${damage}); addresses are asked anew.`),
  })
  const sealed = isSealed(...COLUMNS)
  const put = db.prepare(
    `INSERT OR REPLACE INTO addresses VALUES (${COLUMNS.map(() => '?').join()})`,
  )
  const one = db.prepare(`SELECT * FROM addresses WHERE url = ? AND ${sealed}`)
  const due = db.prepare(
    `SELECT *, min(askAt) FROM addresses WHERE isListed = 1 AND askAt <= ? AND ${sealed} GROUP BY site`,
  )
  const relist = db.prepare(
    'UPDATE addresses SET isListed = coalesce(feed, url) IN (SELECT value FROM json_each(?))',
  )
  const pagesOf = db.prepare('SELECT count(*) AS n FROM addresses WHERE feed = ?')
  const counts = db.prepare(
    'SELECT count(digest) AS pages, sum(failures > 0) AS failed FROM addresses',
  )
  const find = (url: string) => Address.optional().parse(one.get(url))

  return {
    find,
    keep,
    /** Of each site the one that has waited longest for being asked. */
    due: (now: number) => due.all(now).map((row) => Address.parse(row)),
    /** Notes what is listed; of what is listed no more all is remembered, and nothing asked. */
    list: (urls: readonly string[]) =>
      transaction(db, () => {
        for (const url of urls) {
          const known = find(url)
          if (known?.feed !== null)
            keep({ ...NEW, ...known, url, site: siteOf(url), feed: null, published: null })
        }
        relist.run(JSON.stringify(urls))
      }),
    /** Notes what a feed names, and asks again of what it says has another day. */
    name: (feed: string, items: readonly { url: string; published: string | null }[]) =>
      transaction(db, () => {
        let room = MOST_OF_FEED - Number(pagesOf.get(feed)?.['n'] ?? 0)
        for (const { url, published } of items) {
          const known = find(url)
          if (!known && room-- <= 0) continue
          if (!known) keep({ ...NEW, url, site: siteOf(url), feed, published })
          else if (known.feed !== null && known.published !== published && published !== null)
            keep({ ...known, feed, published, etag: null, modified: null, askAt: 0 })
        }
      }),
    counts: () => {
      const { pages, failed } = counts.get() ?? {}
      return { pages: Number(pages ?? 0), failed: Number(failed ?? 0) }
    },
    close: () => db.close(),
  }

  function keep(address: Address) {
    put.run(...COLUMNS.map((name) => address[name]))
  }
}

export type Asked = ReturnType<typeof openAsked>
