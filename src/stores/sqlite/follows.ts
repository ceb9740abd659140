import { hash } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { z } from 'zod'
import type { News } from '../../answer/answer-news.ts'
import { isSealed, seal } from '../../database/seal.ts'
import { parseJson } from '../../parse-json.ts'
import {
  type Follow,
  type FollowNews,
  type Follows,
  MOST_WAITING,
  type ToldNews,
  WAITING_MS,
  followFor,
  mattersOf,
  wordless,
} from '../follows.ts'
import type { Write } from './writer.ts'

const FOLLOW = [
  'id',
  'user',
  'chat',
  'chat_id',
  'thread',
  'topic',
  'place',
  'at',
  'matter',
] as const
const NEWS = ['id', 'follow', 'body', 'at'] as const
/** The id of whoever followed it first; of what earlier versions kept each is one. */
const MATTER = 'coalesce(matter, follows.id)'
const SEEN = ['one', 'state', 'articles'] as const

export const FOLLOWS_TABLES = `
  CREATE TABLE IF NOT EXISTS follows (
    id TEXT PRIMARY KEY, user TEXT NOT NULL, chat TEXT NOT NULL, chat_id INTEGER, thread INTEGER,
    topic TEXT NOT NULL, place TEXT, at INTEGER NOT NULL, matter TEXT, ${seal(...FOLLOW)}
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS follows_of_matter ON follows (coalesce(matter, id));
  CREATE INDEX IF NOT EXISTS follows_of_chat ON follows (chat, at);
  CREATE TABLE IF NOT EXISTS news (
    id INTEGER PRIMARY KEY, follow TEXT NOT NULL, body TEXT NOT NULL, at INTEGER, ${seal(...NEWS)}
  );
  CREATE INDEX IF NOT EXISTS news_of_matter ON news (follow);
  CREATE TABLE IF NOT EXISTS news_days (
    chat TEXT PRIMARY KEY, day TEXT NOT NULL, ${seal('chat', 'day')}
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS seen_articles (
    one INTEGER PRIMARY KEY CHECK (one = 1), state TEXT NOT NULL, articles TEXT NOT NULL,
    ${seal(...SEEN)}
  );
`

const Row = z.object({
  id: z.string(),
  matter: z.string().nullable(),
  user: z.string(),
  chat: z.string(),
  chat_id: z.number().nullable(),
  thread: z.number().nullable(),
  topic: z.string(),
  place: z.string().nullable(),
})

const Body = z.object({
  answer: z.custom<News['answer']>(
    (value) => z.looseObject({ citations: z.array(z.unknown()) }).safeParse(value).success,
  ),
  more: z.number(),
})

/** Letters of a digest, 66 bits: among a million articles two are taken for one once in 100 million installations. */
const DIGEST_LENGTH = 11
const DIGESTS = new RegExp(`.{${DIGEST_LENGTH}}`, 'g')
const digestOf = (id: string) => hash('sha256', id, 'base64').slice(0, DIGEST_LENGTH)
/** Digests made in a millisecond or two; then others have their turn. */
const IN_ONE_TURN = 1000

async function withDigests(ids: readonly string[]) {
  const all: (readonly [id: string, digest: string])[] = []
  for (const [n, id] of ids.entries()) {
    if (n > 0 && n % IN_ONE_TURN === 0) await nextTurn()
    all.push([id, digestOf(id)])
  }
  return all
}

export interface FollowsDeps {
  readonly db: DatabaseSync
  readonly write: Write
  /** What a chat that moved is called by now. */
  readonly nameOf: (chat: string) => string
  /** Keeps how news was told, within the write that notes that it was. */
  readonly keep: (told: ToldNews) => void
}

/** Keeps them in a database with these tables; `move` and `forget` are part of others' writes. */
export function createFollows({ db, write, nameOf, keep }: FollowsDeps) {
  const whole = isSealed(...FOLLOW)
  const sql = {
    add: db.prepare('INSERT OR IGNORE INTO follows VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)'),
    find: db.prepare(`SELECT * FROM follows WHERE id = ? AND ${whole}`),
    ofMatter: db.prepare(`SELECT * FROM follows WHERE ${MATTER} = ? AND ${whole} ORDER BY at, id`),
    of: db.prepare(`SELECT * FROM follows WHERE chat = ? AND ${whole} ORDER BY at, id`),
    all: db.prepare(`SELECT * FROM follows WHERE ${whole} ORDER BY at, id`),
    end: db.prepare('DELETE FROM follows WHERE id = ?'),
    endAll: db.prepare('DELETE FROM follows WHERE chat = ?'),
    forget: db.prepare('DELETE FROM follows WHERE user = ? OR chat = ?'),
    forgetDay: db.prepare('DELETE FROM news_days WHERE chat = ?'),
    // News of what nobody follows any more.
    tidy: db.prepare(`DELETE FROM news WHERE follow NOT IN (SELECT ${MATTER} FROM follows)`),
    write: db.prepare(
      `INSERT INTO news (follow, body, at)
       SELECT $matter, $body, $at WHERE EXISTS (SELECT 1 FROM follows WHERE ${MATTER} = $matter)`,
    ),
    prune: db.prepare('DELETE FROM news WHERE at < ?'),
    bound: db.prepare(
      `DELETE FROM news WHERE follow = $follow AND id <= (
         SELECT id FROM news WHERE follow = $follow ORDER BY id DESC LIMIT 1 OFFSET ${MOST_WAITING}
       )`,
    ),
    awaiting: db.prepare(
      // One after the other as they came, by indexes: of most only the first is looked at.
      `SELECT follows.* FROM (SELECT id AS n, follow FROM news) CROSS JOIN follows ON ${MATTER} = +follow
       WHERE ${whole} AND NOT EXISTS (
         SELECT 1 FROM news_days WHERE news_days.chat = follows.chat AND day >= ?
       ) ORDER BY n`,
    ),
    waiting: db.prepare(
      `SELECT id, body FROM news WHERE follow = ? AND ${isSealed(...NEWS)} ORDER BY id`,
    ),
    drop: db.prepare('DELETE FROM news WHERE id = ?'),
    told: db.prepare('INSERT OR REPLACE INTO news_days VALUES (?, ?)'),
    tidyDays: db.prepare('DELETE FROM news_days WHERE day < ?'),
    seen: db.prepare(
      `SELECT state, articles FROM seen_articles WHERE one = 1 AND ${isSealed(...SEEN)}`,
    ),
    see: db.prepare('INSERT OR REPLACE INTO seen_articles VALUES (1, ?, ?)'),
  }
  const allOf = (chat: string): Follow[] => sql.of.all(nameOf(chat)).flatMap(toFollow)

  function newsOf(follow: Follow): (FollowNews & { readonly id: number })[] {
    return sql.waiting.all(follow.matter).flatMap(({ id, body }) => {
      const { data } = Body.safeParse(parseJson(String(body)))
      return data ? [{ id: Number(id), follow, ...data }] : []
    })
  }

  function seenState(): string | undefined {
    const state = sql.seen.get()?.['state']
    return state === undefined ? undefined : String(state)
  }

  function seenDigests(): Set<string> {
    const joined = String(sql.seen.get()?.['articles'] ?? '')
    return new Set(joined.match(DIGESTS))
  }

  const follows: Follows = {
    add: (wanted, at) =>
      write(() => {
        const { id, user, chat, chatId, threadId, topic, place } = wanted
        const found = followFor(wanted, allOf(chat))
        if (!found?.isNew) return found?.follow
        const where = [nameOf(chat), chatId, threadId] as const
        sql.add.run(id, user, ...where, topic, place, Math.floor(at), found.follow.matter)
        return found.follow
      }),
    of: async (chat) => mattersOf(allOf(chat)),
    ofMatter: async (matter) => sql.ofMatter.all(matter).flatMap(toFollow),
    all: async () => mattersOf(sql.all.all().flatMap(toFollow)),
    end: (followed) =>
      write(() => {
        for (const { id } of followed) sql.end.run(id)
        sql.tidy.run()
      }),
    endAll: (chat) =>
      write(() => {
        sql.endAll.run(nameOf(chat))
        sql.tidy.run()
      }),

    seenState: async () => seenState(),
    async unseen(ids) {
      const seen = seenDigests()
      return (await withDigests(ids)).filter(([, digest]) => !seen.has(digest)).map(([id]) => id)
    },
    async see({ before, state, ids, at, news }) {
      const added = (await withDigests(ids)).map(([, digest]) => digest)
      await write(() => {
        if (seenState() !== before) return
        for (const { follow, answer, more } of news) {
          const { matter } = follow
          const body = JSON.stringify({ answer: wordless(answer), more })
          sql.write.run({ $matter: matter, $body: body, $at: Math.floor(at) })
          sql.bound.run({ $follow: matter })
        }
        sql.prune.run(Math.floor(at - WAITING_MS))
        sql.see.run(state, [...seenDigests().union(new Set(added))].join(''))
      })
    },

    async waiting(can, day) {
      const seen = new Set<string>()
      for (const row of sql.awaiting.iterate(day ?? null)) {
        const [follow] = toFollow(row)
        if (!follow || seen.has(follow.chat) || !can(follow)) continue
        seen.add(follow.chat)
        const followed = allOf(follow.chat).filter(can)
        const all = mattersOf(followed)
          .map(newsOf)
          .toSorted(([one], [other]) => (one?.id ?? 0) - (other?.id ?? 0))
          .flat()
        const [first, ...rest] = all
        const told = new Set(all.map((one) => one.follow.matter))
        if (first)
          return {
            ids: all.map(({ id }) => id),
            followed: followed.filter(({ matter }) => told.has(matter)),
            news: [first, ...rest],
          }
      }
      return undefined
    },
    told: ({ ids, followed }, day, how) =>
      write(() => {
        for (const id of ids) sql.drop.run(id)
        sql.tidyDays.run(day)
        const [still] = followed.flatMap(({ id }) => toFollow(sql.find.get(id) ?? {}))
        if (!still) return
        // A group may have become a supergroup by being told.
        sql.told.run(still.chat, day)
        if (how) keep(how)
      }),
  }
  return {
    follows,
    /** What one chat follows another follows from now on: what is sent to where it was arrives there. */
    move(was: string, chat: string): void {
      for (const table of ['follows', 'news_days'])
        db.prepare(`UPDATE OR REPLACE ${table} SET chat = ? WHERE chat = ?`).run(chat, was)
    },
    /** Ends all that a person follows, and all that a chat does. */
    forget(user: string, chat: string): void {
      sql.forget.run(user, chat)
      sql.tidy.run()
      sql.forgetDay.run(chat)
    },
  }
}

function toFollow(row: Record<string, unknown>): Follow[] {
  const { data } = Row.safeParse(row)
  if (!data) return []
  const { chat_id: chatId, thread: threadId, matter, ...rest } = data
  return [{ ...rest, matter: matter ?? rest.id, chatId, threadId }]
}
