/**
 * What people follow, and the news that waits for them. Whoever follows something leaves where to tell
 * it: the chat by Telegram's own id. That goes when they end it or forget.
 */
import { hash } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { z } from 'zod'
import type { News, Sought } from '../answer/answer-news.ts'
import { isSealed, seal } from '../database/seal.ts'
import { transaction } from '../database/transaction.ts'
import { parseJson } from '../parse-json.ts'
import { asksTheSame } from '../retrieval/courtesy.ts'

/** `chat` and `user` are salted hashes; the terminal's has no `chatId`. */
export interface Follow extends Sought {
  readonly id: string
  readonly user: string
  readonly chat: string
  readonly chatId: number | null
  readonly threadId: number | null
}

/** What one follow is told of. */
export interface FollowNews extends News {
  readonly follow: Follow
}

/** All that waits for a chat, by what it follows. */
export interface WaitingNews {
  readonly ids: readonly number[]
  readonly news: readonly [FollowNews, ...FollowNews[]]
}

/** What a look at the index found. */
export interface Looked {
  /** The state in which it was looked at before. */
  readonly before: string | undefined
  readonly state: string
  /** The articles that came in between. */
  readonly ids: readonly string[]
  readonly news: readonly FollowNews[]
}

/** So many in one chat: they are told in one message. */
export const MOST_FOLLOWED = 10
/** News of one follow where nobody may be told, or looks: more ingests than this are made in no day. */
export const MOST_WAITING = 50

const FOLLOW = ['id', 'user', 'chat', 'chat_id', 'thread', 'topic', 'place', 'at'] as const
const NEWS = ['id', 'follow', 'body'] as const
const SEEN = ['one', 'state', 'articles'] as const

export const FOLLOWS_TABLES = `
  CREATE TABLE IF NOT EXISTS follows (
    id TEXT PRIMARY KEY, user TEXT NOT NULL, chat TEXT NOT NULL, chat_id INTEGER, thread INTEGER,
    topic TEXT NOT NULL, place TEXT, at INTEGER NOT NULL, ${seal(...FOLLOW)}
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS news (
    id INTEGER PRIMARY KEY, follow TEXT NOT NULL, body TEXT NOT NULL, ${seal(...NEWS)}
  );
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

/** Keeps them in a database with these tables; `nameOf` is what a chat that moved is called by now. */
export function createFollows(db: DatabaseSync, nameOf: (chat: string) => string = (chat) => chat) {
  const whole = isSealed(...FOLLOW)
  const sql = {
    add: db.prepare('INSERT OR IGNORE INTO follows VALUES (?, ?, ?, ?, ?, ?, ?, ?)'),
    find: db.prepare(`SELECT * FROM follows WHERE id = ? AND ${whole}`),
    of: db.prepare(`SELECT * FROM follows WHERE chat = ? AND ${whole} ORDER BY at, id`),
    all: db.prepare(`SELECT * FROM follows WHERE ${whole} ORDER BY at, id`),
    end: db.prepare('DELETE FROM follows WHERE id = ?'),
    endAll: db.prepare('DELETE FROM follows WHERE chat = ?'),
    forget: db.prepare('DELETE FROM follows WHERE user = ? OR chat = ?'),
    forgetDay: db.prepare('DELETE FROM news_days WHERE chat = ?'),
    // News of what nobody follows any more.
    tidy: db.prepare('DELETE FROM news WHERE follow NOT IN (SELECT id FROM follows)'),
    write: db.prepare('INSERT INTO news (follow, body) SELECT id, ? FROM follows WHERE id = ?'),
    bound: db.prepare(
      `DELETE FROM news WHERE follow = $follow AND id <= (
         SELECT id FROM news WHERE follow = $follow ORDER BY id DESC LIMIT 1 OFFSET ${MOST_WAITING}
       )`,
    ),
    awaiting: db.prepare(
      `SELECT follows.* FROM follows
       JOIN (SELECT follow, min(id) AS first FROM news GROUP BY follow) ON follow = follows.id
       WHERE ${whole} AND chat NOT IN (SELECT chat FROM news_days WHERE day >= ?) ORDER BY first`,
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
  const of = (chat: string): Follow[] => sql.of.all(nameOf(chat)).flatMap(toFollow)

  function seenState(): string | undefined {
    const state = sql.seen.get()?.['state']
    return state === undefined ? undefined : String(state)
  }

  function seenDigests(): Set<string> {
    const joined = String(sql.seen.get()?.['articles'] ?? '')
    return new Set(joined.match(DIGESTS))
  }

  return {
    /**
     * Follows something from now on; gives what is followed, which may be what the chat follows in
     * other words already, or nothing where that follows enough.
     */
    add(wanted: Follow, at: number): Follow | undefined {
      const { id, user, chat, chatId, threadId, topic, place } = wanted
      const followed = of(chat)
      const same = followed.find(
        (one) => one.id === id || (one.place === place && asksTheSame(one.topic, topic)),
      )
      if (same) return same
      if (followed.length >= MOST_FOLLOWED) return undefined
      sql.add.run(id, user, nameOf(chat), chatId, threadId, topic, place, Math.floor(at))
      return wanted
    },
    find: (id: string): Follow | undefined => toFollow(sql.find.get(id) ?? {})[0],
    /** What a chat follows, in order. */
    of,
    all: (): Follow[] => sql.all.all().flatMap(toFollow),
    end(id: string): void {
      transaction(db, () => {
        sql.end.run(id)
        sql.tidy.run()
      })
    },
    /** Ends all that a chat follows: it cannot be told anything. */
    endAll(chat: string): void {
      transaction(db, () => {
        sql.endAll.run(chat)
        sql.tidy.run()
      })
    },
    /** What one chat follows another follows from now on: what is sent to where it was arrives there. */
    move(was: string, chat: string): void {
      transaction(db, () => {
        for (const table of ['follows', 'news_days'])
          db.prepare(`UPDATE OR REPLACE ${table} SET chat = ? WHERE chat = ?`).run(chat, was)
      })
    },
    /** Ends all that a person follows, and all that a chat does. */
    forget(user: string, chat: string | undefined): void {
      transaction(db, () => {
        const theirs = chat === undefined ? user : nameOf(chat)
        sql.forget.run(user, theirs)
        sql.tidy.run()
        sql.forgetDay.run(theirs)
      })
    },

    /** The state in which the index was looked at last; nothing where nobody ever looked. */
    seenState,
    /** Of articles those that were never looked at. */
    async unseen(ids: readonly string[]): Promise<string[]> {
      const seen = seenDigests()
      return (await withDigests(ids)).filter(([, digest]) => !seen.has(digest)).map(([id]) => id)
    },
    /**
     * Notes articles as looked at in a state of the index, beside all that ever were, and what is to be
     * told of them: all or nothing, and nothing where another process did since the state `before`.
     * `write` waits for other writers in its own way.
     */
    async see(
      { before, state, ids, news }: Looked,
      write: (work: () => void) => void | Promise<void> = (work) => work(),
    ): Promise<void> {
      const added = (await withDigests(ids)).map(([, digest]) => digest)
      await write(() =>
        transaction(db, () => {
          if (seenState() !== before) return
          for (const { follow, answer, more } of news) {
            sql.write.run(JSON.stringify({ answer, more }), follow.id)
            sql.bound.run({ $follow: follow.id })
          }
          sql.see.run(state, [...seenDigests().union(new Set(added))].join(''))
        }),
      )
    },

    /**
     * What waits for one chat, of those that `can` be told; where days count, for one that was told
     * nothing on this one (YYYY-MM-DD).
     */
    waiting(can: (follow: Follow) => boolean, day?: string): WaitingNews | undefined {
      const awaiting = sql.awaiting
        .all(day ?? null)
        .flatMap(toFollow)
        .filter(can)
      // Those of others are not read: each letter would read them all.
      for (const ofChat of Map.groupBy(awaiting, ({ chat }) => chat).values()) {
        const all = ofChat.flatMap((follow) =>
          sql.waiting.all(follow.id).flatMap(({ id, body }) => {
            const { data } = Body.safeParse(parseJson(String(body)))
            return data ? [{ id: Number(id), follow, ...data }] : []
          }),
        )
        const [first, ...rest] = all
        if (first) return { ids: all.map(({ id }) => id), news: [first, ...rest] }
      }
      return undefined
    },
    /** Notes that a chat was told what waited for it, with what else is to be noted then: all or nothing. */
    told({ ids, news: [{ follow }] }: WaitingNews, day: string, also: () => void = () => {}): void {
      transaction(db, () => {
        for (const id of ids) sql.drop.run(id)
        sql.tidyDays.run(day)
        // A group may have become a supergroup by being told.
        sql.told.run(String(sql.find.get(follow.id)?.['chat'] ?? follow.chat), day)
        also()
      })
    },
  }
}

export type Follows = ReturnType<typeof createFollows>

function toFollow(row: Record<string, unknown>): Follow[] {
  const { data } = Row.safeParse(row)
  if (!data) return []
  const { chat_id: chatId, thread: threadId, ...rest } = data
  return [{ ...rest, chatId, threadId }]
}
