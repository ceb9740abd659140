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

/**
 * What one person follows in a chat. `chat` and `user` are salted hashes; the terminal's has no `chatId`.
 * What several of a group follow is one `matter` there, each in their own words.
 */
export interface Follow extends Sought {
  readonly id: string
  readonly matter: string
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
  /** What all who may be told of it follow. */
  readonly followed: readonly Follow[]
  readonly news: readonly [FollowNews, ...FollowNews[]]
}

/** What a look at the index found. */
export interface Looked {
  /** The state in which it was looked at before. */
  readonly before: string | undefined
  readonly state: string
  /** The articles that came in between. */
  readonly ids: readonly string[]
  /** Milliseconds since 1970. */
  readonly at: number
  readonly news: readonly FollowNews[]
}

/** So many matters in one chat: they are told in one message. */
export const MOST_FOLLOWED = 10
/** News of one follow where nobody may be told, or looks: more ingests than this are made in no day. */
export const MOST_WAITING = 50
/** What nobody could be told of for so long is no news. */
const WAITING_MS = 60 * 24 * 3600 * 1000

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

/** Keeps them in a database with these tables; `nameOf` is what a chat that moved is called by now. */
export function createFollows(db: DatabaseSync, nameOf: (chat: string) => string = (chat) => chat) {
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
  const of = (chat: string): Follow[] => mattersOf(allOf(chat))
  const ofMatter = (matter: string): Follow[] => sql.ofMatter.all(matter).flatMap(toFollow)

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

  return {
    /**
     * Follows something from now on; gives what is followed, which may be what the person follows in
     * other words already, or nothing where the chat follows enough.
     */
    add(wanted: Omit<Follow, 'matter'>, at: number): Follow | undefined {
      const { id, user, chat, chatId, threadId, topic, place } = wanted
      const followed = allOf(chat)
      const same = followed.filter(
        (one) => one.id === id || (one.place === place && asksTheSame(one.topic, topic)),
      )
      const theirs = same.find((one) => one.id === id || one.user === user)
      if (theirs) return theirs
      if (same.length === 0 && mattersOf(followed).length >= MOST_FOLLOWED) return undefined
      const matter = same[0]?.matter ?? id
      const where = [nameOf(chat), chatId, threadId] as const
      sql.add.run(id, user, ...where, topic, place, Math.floor(at), matter)
      return { ...wanted, matter }
    },
    /** What a chat follows, in order: each matter once, as who followed it first wrote it. */
    of,
    /** What all who follow a matter follow. */
    ofMatter,
    /** What is followed anywhere, each matter of a chat once. */
    all: (): Follow[] => mattersOf(sql.all.all().flatMap(toFollow)),
    end(followed: readonly Follow[]): void {
      transaction(db, () => {
        for (const { id } of followed) sql.end.run(id)
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
      { before, state, ids, at, news }: Looked,
      write: (work: () => void) => void | Promise<void> = (work) => work(),
    ): Promise<void> {
      const added = (await withDigests(ids)).map(([, digest]) => digest)
      await write(() =>
        transaction(db, () => {
          if (seenState() !== before) return
          for (const { follow, answer, more } of news) {
            const { matter } = follow
            const body = JSON.stringify({ answer: wordless(answer), more })
            sql.write.run({ $matter: matter, $body: body, $at: Math.floor(at) })
            sql.bound.run({ $follow: matter })
          }
          sql.prune.run(Math.floor(at - WAITING_MS))
          sql.see.run(state, [...seenDigests().union(new Set(added))].join(''))
        }),
      )
    },

    /**
     * What waits for one chat, of those that `can` be told; where days count, for one that was told
     * nothing on this one (YYYY-MM-DD).
     */
    waiting(can: (follow: Follow) => boolean, day?: string): WaitingNews | undefined {
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
    /**
     * Notes that a chat was told what waited for it, with what else is to be noted then: all or nothing,
     * and nothing of those who followed it where all of them ended or forgot it meanwhile.
     */
    told({ ids, followed }: WaitingNews, day: string, also: () => void = () => {}): void {
      transaction(db, () => {
        for (const id of ids) sql.drop.run(id)
        sql.tidyDays.run(day)
        const [still] = followed.flatMap(({ id }) => toFollow(sql.find.get(id) ?? {}))
        if (!still) return
        // A group may have become a supergroup by being told.
        sql.told.run(still.chat, day)
        also()
      })
    },
  }
}

export type Follows = ReturnType<typeof createFollows>

function toFollow(row: Record<string, unknown>): Follow[] {
  const { data } = Row.safeParse(row)
  if (!data) return []
  const { chat_id: chatId, thread: threadId, matter, ...rest } = data
  return [{ ...rest, matter: matter ?? rest.id, chatId, threadId }]
}

/** Each matter once, as it was followed first. */
const mattersOf = (followed: readonly Follow[]): Follow[] =>
  Map.groupBy(followed, ({ matter }) => matter)
    .values()
    .map(([first]) => first!)
    .toArray()

/** What waits for many holds the words of none: whose they are may be forgotten before the others are told. */
const wordless = (answer: News['answer']) => ({
  ...answer,
  question: '',
  standalone: '',
  missing: [],
  text: '',
  trace: [],
})
