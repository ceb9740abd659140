import type { DatabaseSync } from 'node:sqlite'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { z } from 'zod'
import { courtesyIn } from '../../answer/courteous.ts'
import type { Answer } from '../../corpus.ts'
import { isSealed, seal } from '../../database/seal.ts'
import {
  type Asked,
  type Conversations,
  type Feedback,
  type SentMessage,
  statusOf,
} from '../conversations.ts'
import type { MovedChat } from '../state.ts'
import { HANDLED_TABLE } from './handled.ts'
import { REPLIES_TABLE } from './staff-replies.ts'
import { TOLD_TABLE, type createTold } from './told.ts'
import { USAGE_TABLES, type createUsage } from './usage.ts'
import type { Write } from './writer.ts'

const ASKED = [
  'id',
  'chat',
  'user',
  'question',
  'answer',
  'status',
  'mode',
  'ms',
  'at',
  'message',
] as const
const FEEDBACK = ['asked', 'user', 'verdict', 'comment', 'at'] as const
const PROMPT = ['chat', 'message', 'purpose', 'about', 'at', 'user'] as const

/** Where people are, and what is asked of them: nothing that they asked. */
export const CHATS_TABLES = `
  CREATE TABLE IF NOT EXISTS chats (chat TEXT PRIMARY KEY, place TEXT, user TEXT,
    ${seal('chat', 'place', 'user')});
  CREATE TABLE IF NOT EXISTS moved (was TEXT PRIMARY KEY, chat TEXT NOT NULL, ${seal('was', 'chat')});
  CREATE INDEX IF NOT EXISTS moved_to ON moved (chat);
  CREATE TABLE IF NOT EXISTS prompts (
    chat TEXT NOT NULL, message INTEGER NOT NULL, purpose TEXT NOT NULL, about TEXT, at INTEGER NOT NULL,
    user TEXT, ${seal(...PROMPT)}, PRIMARY KEY (chat, message)
  );
`

/** What was asked, what goes with each question, and numbers of what was asked and told. */
export const ASKED_TABLES = `
  CREATE TABLE IF NOT EXISTS asked (
    id TEXT PRIMARY KEY, chat TEXT NOT NULL, user TEXT NOT NULL, question TEXT NOT NULL,
    answer TEXT NOT NULL, status TEXT NOT NULL, mode TEXT NOT NULL, ms REAL NOT NULL,
    at INTEGER NOT NULL, message INTEGER, ${seal(...ASKED)}
  );
  CREATE INDEX IF NOT EXISTS asked_by_chat ON asked (chat, at);
  CREATE INDEX IF NOT EXISTS asked_by_user ON asked (user);
  CREATE INDEX IF NOT EXISTS asked_by_time ON asked (at);
  CREATE INDEX IF NOT EXISTS asked_unanswered ON asked (question, at) WHERE status = 'not_found';
  CREATE TABLE IF NOT EXISTS feedback (
    asked TEXT NOT NULL, user TEXT NOT NULL, verdict TEXT NOT NULL, comment TEXT, at INTEGER NOT NULL,
    ${seal(...FEEDBACK)}, PRIMARY KEY (asked, user)
  );
  CREATE INDEX IF NOT EXISTS feedback_by_verdict ON feedback (verdict, at);
  CREATE TABLE IF NOT EXISTS shown (
    message TEXT PRIMARY KEY, asked TEXT NOT NULL, ${seal('message', 'asked')}
  );
  CREATE INDEX IF NOT EXISTS shown_of ON shown (asked);
  ${HANDLED_TABLE}
  ${REPLIES_TABLE}
  ${USAGE_TABLES}
  ${TOLD_TABLE}
`
/** What goes with a question. */
const OF_ASKED = ['feedback', 'handled', 'replies', 'shown'] as const
/** Of all these tables, those with words of people or numbers of them. */
export const WORDS = ['asked', ...OF_ASKED, 'usage', 'askers', 'told'] as const

/** Counts answers by what they are. */
interface Counter {
  add(answer: Answer, at: number, user: string): void
  isNew(): boolean
}

/** So many rows are read or deleted in some 5 ms; then others have their turn. */
const READ_IN_ONE_TURN = 200
const DELETED_IN_ONE_TURN = 50

const OF_ARTICLES = `asked.status NOT IN ('courtesy', 'offer')`

export interface ConversationsDeps {
  /** Has the tables of chats. */
  readonly db: DatabaseSync
  /** Has the tables of what was asked: the same, or one in memory. */
  readonly words: DatabaseSync
  readonly write: Write
  readonly usage: ReturnType<typeof createUsage>
  readonly told: ReturnType<typeof createTold>
}

/** Keeps them in databases with these tables; what else it gives is part of others' writes. */
export function createConversations({ db, words, write, usage, told }: ConversationsDeps) {
  // A row that was damaged since the file was opened is as good as gone.
  const whole = isSealed(...ASKED)
  const counters: readonly Counter[] = [usage, told]
  const sql = {
    place: db.prepare('SELECT place FROM chats WHERE chat = ?'),
    setPlace: db.prepare(
      'INSERT INTO chats VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET place = excluded.place, user = excluded.user',
    ),
    movedTo: db.prepare('SELECT chat FROM moved WHERE was = ?'),
    moved: db.prepare('SELECT was, chat FROM moved'),
    move: db.prepare('INSERT OR IGNORE INTO moved VALUES (?, ?)'),
    recent: words.prepare(
      `SELECT answer FROM asked WHERE chat = ? AND user = ? AND at > ? AND at <= ? AND status <> 'courtesy' AND ${whole}
       ORDER BY at DESC, rowid DESC LIMIT ?`,
    ),
    record: words.prepare('INSERT OR IGNORE INTO asked VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)'),
    find: words.prepare(`SELECT * FROM asked WHERE id = ? AND ${whole}`),
    conversation: words.prepare(
      `SELECT * FROM asked WHERE chat = ? AND user = ? AND at > ? AND ${whole}
       ORDER BY at DESC, rowid DESC LIMIT ?`,
    ),
    feedback: words.prepare('SELECT verdict, comment FROM feedback WHERE asked = ? AND user = ?'),
    latest: words.prepare(
      `SELECT * FROM asked WHERE chat = ? AND ${OF_ARTICLES} AND ${whole}
       ORDER BY at DESC, rowid DESC LIMIT 1`,
    ),
    sentAs: words.prepare('UPDATE asked SET message = ? WHERE id = ?'),
    byMessage: words.prepare(`SELECT * FROM asked WHERE chat = ? AND message = ? AND ${whole}`),
    judge: words.prepare(
      `INSERT INTO feedback SELECT id, ?, ?, ?, ? FROM asked WHERE id = ?
       ON CONFLICT DO UPDATE SET verdict = excluded.verdict, comment = coalesce(excluded.comment, comment), at = excluded.at`,
    ),
    unjudge: words.prepare(
      'DELETE FROM feedback WHERE asked = ? AND user = ? AND verdict = ? AND comment IS NULL',
    ),
    show: words.prepare('INSERT OR REPLACE INTO shown SELECT ?, id FROM asked WHERE id = ?'),
    shownAs: words.prepare(
      `SELECT asked FROM shown WHERE message = ? AND ${isSealed('message', 'asked')}`,
    ),
    prompt: db.prepare('INSERT OR REPLACE INTO prompts VALUES (?, ?, ?, ?, ?, ?)'),
    prompted: db.prepare('SELECT purpose, about FROM prompts WHERE chat = ? AND message = ?'),
    expirePrompts: db.prepare('DELETE FROM prompts WHERE at < ?'),
    expired: words.prepare('SELECT id FROM asked WHERE at < ? LIMIT ?'),
    isPromised: words.prepare('SELECT 1 FROM replies WHERE asked = ?'),
    drop: words.prepare('DELETE FROM asked WHERE id = ?'),
    dropOf: OF_ASKED.map((table) => words.prepare(`DELETE FROM ${table} WHERE asked = ?`)),
    ids: words.prepare(`SELECT id FROM asked WHERE ${OF_ARTICLES} ORDER BY at DESC, rowid DESC`),
    saidWrong: words.prepare(
      "SELECT asked, comment, at FROM feedback WHERE verdict = 'wrong' ORDER BY at",
    ),
    complaints: words.prepare(
      `SELECT asked.question, asked.answer, feedback.comment, feedback.at
       FROM feedback JOIN asked ON asked.id = feedback.asked
       WHERE verdict = 'wrong' ORDER BY feedback.at DESC LIMIT ? OFFSET ?`,
    ),
    verdicts: words.prepare('SELECT count(*) times FROM feedback WHERE verdict = ? AND at >= ?'),
    kept: words.prepare('SELECT 1 FROM asked WHERE question = ? LIMIT 1'),
    unanswered: words.prepare(
      `SELECT question, count(*) times, max(at) at FROM asked
       WHERE status = 'not_found' AND question > ? GROUP BY question ORDER BY question LIMIT ?`,
    ),
  }

  /** What a chat is called by now. */
  const nameOf = (chat: string) => String(sql.movedTo.get(chat)?.['chat'] ?? chat)
  /** Messages of a group before it moved are kept below zero: numbers begin anew where it went. */
  const numberOf = (chat: string, message: number) => (nameOf(chat) === chat ? message : -message)

  function count(user: string, answer: Answer, at: number, by: readonly Counter[]): void {
    if (!courtesyIn(answer)) for (const counter of by) counter.add(answer, at, user)
  }

  function record({ id, chat, user, question, answer, askedAt }: Asked, by = counters): void {
    const { mode, ms } = answer
    const row = [id, nameOf(chat), user, question, JSON.stringify(answer)] as const
    const { changes } = sql.record.run(...row, statusOf(answer), mode, ms, askedAt)
    if (changes > 0) count(user, answer, askedAt, by)
  }

  function sent({ asked, message, name }: SentMessage): void {
    sql.sentAs.run(message, asked)
    sql.show.run(name, asked)
  }

  function drop(id: string): void {
    for (const dropOf of sql.dropOf) dropOf.run(id)
    sql.drop.run(id)
  }

  const conversations: Conversations = {
    recent: async (chat, user, { since, until = Number.MAX_SAFE_INTEGER, limit }) =>
      sql.recent
        .all(nameOf(chat), user, since, until, limit)
        .flatMap((row) => toAnswer(row['answer']) ?? []),
    conversation: async (chat, user, since, limit) =>
      sql.conversation
        .all(nameOf(chat), user, since, limit)
        .toReversed()
        .flatMap((row) => toAsked(row) ?? []),
    async place(chat) {
      const place = sql.place.get(nameOf(chat))?.['place']
      return typeof place === 'string' ? place : null
    },
    setPlace: (chat, place, user) => write(() => void sql.setPlace.run(nameOf(chat), place, user)),

    record: (asked) => write(() => record(asked)),
    find: async (id) => toAsked(sql.find.get(id)),
    retract: (id) =>
      write(() => {
        if (!sql.isPromised.get(id)) drop(id)
      }),
    latest: async (chat) => toAsked(sql.latest.get(nameOf(chat))),

    sent: (message) => write(() => sent(message)),
    findByMessage: async (chat, message) =>
      toAsked(sql.byMessage.get(nameOf(chat), numberOf(chat, message))),
    async shownAs(name) {
      const asked = sql.shownAs.get(name)?.['asked']
      return asked === undefined ? undefined : String(asked)
    },
    promptSent: ({ chat, message, prompt: { purpose, about }, user, at }) =>
      write(() => void sql.prompt.run(nameOf(chat), message, purpose, about, at, user)),
    promptOf: async (chat, message) =>
      StoredPrompt.safeParse(sql.prompted.get(nameOf(chat), numberOf(chat, message))).data,

    judge: (asked, user, { verdict, comment }, at) =>
      write(() => sql.judge.run(user, verdict, comment, at, asked).changes > 0),
    unjudge: (asked, user, verdict) => write(() => void sql.unjudge.run(asked, user, verdict)),
    feedback: async (asked, user) => StoredFeedback.safeParse(sql.feedback.get(asked, user)).data,

    ids: async () => sql.ids.all().map(({ id }) => String(id)),
    saidWrong: async () =>
      Map.groupBy(SaidWrong.array().parse(sql.saidWrong.all()), ({ asked }) => asked),
    complaints: async (limit, offset) =>
      sql.complaints.all(limit, offset).flatMap(({ question, answer: json, comment, at }) => {
        const answer = toAnswer(json)
        if (!answer) return []
        return {
          question: String(question),
          answer,
          comment: comment === null ? null : String(comment),
          at: Number(at),
        }
      }),
    isKept: async (question) => sql.kept.get(question) !== undefined,
    async unanswered(limit, offset) {
      let latest: z.infer<typeof Unanswered>[] = []
      for (let after = ''; ;) {
        const some = Unanswered.array().parse(sql.unanswered.all(after, READ_IN_ONE_TURN))
        latest = [...latest, ...some]
          .toSorted((a, b) => b.at - a.at || b.times - a.times)
          .slice(0, offset + limit)
        const last = some.at(-1)
        if (!last) return latest.slice(offset)
        after = last.question
        await nextTurn()
      }
    },
    async stats(since) {
      const verdicts = (verdict: Feedback['verdict']) =>
        Number(sql.verdicts.get(verdict, since)?.['times'])
      return { ...(await usage.since(since)), useful: verdicts('useful'), wrong: verdicts('wrong') }
    },
  }

  return {
    conversations,
    nameOf,
    sent,
    /** Keeps what was told to somebody who had not asked just now, as if it had been asked. */
    recordNews: (asked: Asked): void => record(asked, [told]),
    /** Counts what was asked before it was counted. */
    countAll(): void {
      // Another process may have counted meanwhile.
      const fresh = counters.filter((counter) => counter.isNew())
      if (fresh.length === 0) return
      for (const row of words.prepare('SELECT user, answer, at FROM asked').iterate()) {
        const answer = toAnswer(row['answer'])
        if (answer) count(String(row['user']), answer, Number(row['at']), fresh)
      }
    },
    moved: (): MovedChat[] =>
      sql.moved.all().map(({ was, chat }) => ({ was: String(was), chat: String(chat) })),
    /** False when that was known. */
    move({ was, chat }: MovedChat): boolean {
      if (sql.move.run(was, chat).changes === 0) return false
      // A place that was chosen there already is the later one.
      db.prepare('UPDATE OR IGNORE chats SET chat = ? WHERE chat = ?').run(chat, was)
      db.prepare('DELETE FROM chats WHERE chat = ?').run(was)
      const moved = 'SET chat = ?, message = -message WHERE chat = ?'
      db.prepare(`UPDATE prompts ${moved}`).run(chat, was)
      words.prepare(`UPDATE asked ${moved}`).run(chat, was)
      return true
    },
    /** Forgets a person and all of a chat, and of one that is shared what nobody is known to have said. */
    forget(user: string, chat: string, shared: string | undefined): void {
      const own = 'user = $user OR chat = $chat'
      const bind = { $user: user, $chat: chat }
      for (const table of OF_ASKED)
        words
          .prepare(`DELETE FROM ${table} WHERE asked IN (SELECT id FROM asked WHERE ${own})`)
          .run(bind)
      words.prepare('DELETE FROM feedback WHERE user = ?').run(user)
      words.prepare(`DELETE FROM asked WHERE ${own}`).run(bind)
      usage.forget(user)
      for (const table of ['prompts', 'chats']) {
        db.prepare(`DELETE FROM ${table} WHERE ${own}`).run(bind)
        // Who did that was not kept by earlier versions.
        if (shared !== undefined)
          db.prepare(`DELETE FROM ${table} WHERE user IS NULL AND chat = ?`).run(shared)
      }
    },
    /** Forgets what was asked before a time, some of it at a time; gives how many questions that were. */
    async expire(before: number): Promise<number> {
      await write(() => {
        sql.expirePrompts.run(before)
        usage.expire(before)
      })
      for (let gone = 0; ; await nextTurn()) {
        const dropped = await write(() => {
          const ids = sql.expired.all(before, DELETED_IN_ONE_TURN).map((row) => String(row['id']))
          for (const id of ids) drop(id)
          return ids.length
        })
        if (dropped === 0) return gone
        gone += dropped
      }
    },
  }
}

/** Only answers that were written here are read back; one that is none is not there. */
const StoredAnswer = z.looseObject({
  question: z.string(),
  status: z.string(),
  statements: z.array(z.unknown()),
  citations: z.array(z.unknown()),
  notices: z.array(z.unknown()),
})
function toAnswer(json: unknown): Answer | undefined {
  try {
    const parsed: unknown = JSON.parse(String(json))
    return z.custom<Answer>((value) => StoredAnswer.safeParse(value).success).parse(parsed)
  } catch {
    return undefined
  }
}

const Unanswered = z.object({ question: z.string(), times: z.number(), at: z.number() })

const SaidWrong = z.object({ asked: z.string(), comment: z.string().nullable(), at: z.number() })

const StoredFeedback = z.object({
  verdict: z.enum(['useful', 'wrong']),
  comment: z.string().nullable(),
})

const StoredPrompt = z.object({
  purpose: z.enum(['complaint', 'claim', 'place', 'question']),
  about: z.string().nullable(),
})

function toAsked(row: Record<string, unknown> | undefined): Asked | undefined {
  const answer = row && toAnswer(row['answer'])
  if (!answer) return undefined
  return {
    id: String(row['id']),
    chat: String(row['chat']),
    user: String(row['user']),
    question: String(row['question']),
    answer,
    askedAt: Number(row['at']),
  }
}
