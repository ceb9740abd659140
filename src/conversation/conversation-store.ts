import type { DatabaseSync } from 'node:sqlite'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { z } from 'zod'
import { courtesyIn } from '../answer/courteous.ts'
import type { Answer } from '../corpus.ts'
import { emptyLog } from '../database/erase.ts'
import { openDatabase } from '../database/open.ts'
import { isSealed, seal } from '../database/seal.ts'
import { makeTables } from '../database/tables.ts'
import { transaction } from '../database/transaction.ts'
import { BUDGET_TABLE } from '../stores/sqlite/budget.ts'
import { eraseAtOnce, eraseState } from './erase-state.ts'
import { type Chat, type Feedback, REMEMBERED_TURNS, isTurn, turnOf } from './conversation.ts'
import { FOLLOWS_TABLES, createFollows } from './follows.ts'
import { HANDLED_TABLE, createHandled } from './handled.ts'
import { REPLIES_TABLE, createStaffReplies } from './staff-replies.ts'
import { TOLD_TABLE, createTold } from './told.ts'
import { USAGE_TABLES, type Usage, createUsage } from './usage.ts'

/** One question as it was asked and answered. `chat` and `user` are salted hashes, `id` is the caller's. */
export interface Asked {
  readonly id: string
  readonly chat: string
  readonly user: string
  readonly question: string
  readonly answer: Answer
  /** Milliseconds since 1970. */
  readonly askedAt: number
}

/** What a reply to one of our messages is for. */
export interface Prompt {
  readonly purpose: 'complaint' | 'claim' | 'place' | 'question'
  /** The answer it is about, if any. */
  readonly about: string | null
}

export interface Stats extends Usage {
  readonly useful: number
  readonly wrong: number
}

export interface Complaint {
  readonly question: string
  readonly answer: Answer
  readonly comment: string | null
  readonly at: number
}

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

const TABLES = `
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
`
/** What goes with a question. */
const OF_ASKED = ['feedback', 'handled', 'replies', 'shown'] as const

/** Counts answers by what they are. */
interface Counter {
  add(answer: Answer, at: number, user: string): void
  isNew(): boolean
}

/** Numbers of what was asked and told. */
const COUNTS = USAGE_TABLES + TOLD_TABLE

/** How often what is too old is erased from the file, too. */
const ERASE_MS = 24 * 3600 * 1000
/** So many rows are read or deleted in some 5 ms; then others have their turn. */
const READ_IN_ONE_TURN = 200
const DELETED_IN_ONE_TURN = 50

/** Courtesies are kept for their buttons; they are no questions that the articles left unanswered. */
const OF_ARTICLES = `asked.status NOT IN ('courtesy', 'offer')`

const statusOf = (answer: Answer) => {
  if (!courtesyIn(answer)) return answer.status
  return isTurn(answer) ? 'offer' : 'courtesy'
}

/**
 * What conversations remember, in a database that is theirs alone. With `keepQuestions` false,
 * questions, answers and feedback live in memory and end with the process: follow-ups and
 * sources work, and nothing that was asked is ever written.
 */
export function createConversationStore(
  db: DatabaseSync,
  { keepQuestions }: { keepQuestions: boolean },
) {
  makeTables(
    db,
    `
    CREATE TABLE IF NOT EXISTS chats (chat TEXT PRIMARY KEY, place TEXT, user TEXT,
      ${seal('chat', 'place', 'user')});
    CREATE TABLE IF NOT EXISTS moved (was TEXT PRIMARY KEY, chat TEXT NOT NULL, ${seal('was', 'chat')});
    CREATE INDEX IF NOT EXISTS moved_to ON moved (chat);
    CREATE TABLE IF NOT EXISTS prompts (
      chat TEXT NOT NULL, message INTEGER NOT NULL, purpose TEXT NOT NULL, about TEXT, at INTEGER NOT NULL,
      user TEXT, ${seal(...PROMPT)}, PRIMARY KEY (chat, message)
    );
    ${BUDGET_TABLE}
    ${FOLLOWS_TABLES}
    ${TABLES}
    ${COUNTS}`,
  )
  const words = keepQuestions ? db : openDatabase(':memory:', { busyMs: 0 })
  if (!keepQuestions) {
    makeTables(words, TABLES + COUNTS)
    for (const table of ['asked', ...OF_ASKED, 'usage', 'askers', 'told', 'follows', 'news'])
      db.exec(`DELETE FROM ${table}`)
    eraseAtOnce(db)
  }
  // A row that was damaged since the file was opened is as good as gone.
  const whole = isSealed(...ASKED)
  let erasedAt = -Infinity

  const usage = createUsage(words)
  const told = createTold(words)
  const replies = createStaffReplies(words)
  const counters: readonly Counter[] = [usage, told]
  const follows = createFollows(db, (chat) => nameOf(chat))
  if (counters.some((counter) => counter.isNew())) countAll()

  const sql = {
    place: db.prepare('SELECT place FROM chats WHERE chat = ?'),
    setPlace: db.prepare(
      'INSERT INTO chats VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET place = excluded.place, user = excluded.user',
    ),
    movedTo: db.prepare('SELECT chat FROM moved WHERE was = ?'),
    otherNames: db.prepare(
      'SELECT was AS name FROM moved WHERE chat = $chat UNION SELECT chat FROM moved WHERE was = $chat',
    ),
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
    expired: words.prepare('SELECT id FROM asked WHERE at < ? LIMIT ?'),
    drop: words.prepare('DELETE FROM asked WHERE id = ?'),
    dropOf: OF_ASKED.map((table) => words.prepare(`DELETE FROM ${table} WHERE asked = ?`)),
    ids: words.prepare(`SELECT id FROM asked WHERE ${OF_ARTICLES} ORDER BY at DESC, rowid DESC`),
    saidWrong: words.prepare(
      "SELECT asked, comment, at FROM feedback WHERE verdict = 'wrong' ORDER BY at",
    ),
    verdicts: words.prepare('SELECT count(*) times FROM feedback WHERE verdict = ? AND at >= ?'),
    kept: words.prepare('SELECT 1 FROM asked WHERE question = ? LIMIT 1'),
    unanswered: words.prepare(
      `SELECT question, count(*) times, max(at) at FROM asked
       WHERE status = 'not_found' AND question > ? GROUP BY question ORDER BY question LIMIT ?`,
    ),
  }

  function record({ id, chat, user, question, answer, askedAt }: Asked, by: readonly Counter[]) {
    const { mode, ms } = answer
    const status = statusOf(answer)
    const json = JSON.stringify(answer)
    transaction(words, () => {
      const row = [id, nameOf(chat), user, question, json, status, mode, ms, askedAt] as const
      if (sql.record.run(...row).changes > 0) count(user, answer, askedAt, by)
    })
  }

  function count(user: string, answer: Answer, at: number, by = counters): void {
    if (!courtesyIn(answer)) for (const counter of by) counter.add(answer, at, user)
  }

  /** What was asked before it was counted. */
  function countAll(): void {
    transaction(words, () => {
      // Another process may have counted meanwhile.
      const fresh = counters.filter((counter) => counter.isNew())
      if (fresh.length === 0) return
      for (const row of words.prepare('SELECT user, answer, at FROM asked').iterate()) {
        const answer = toAnswer(row['answer'])
        if (answer) count(String(row['user']), answer, Number(row['at']), fresh)
      }
    })
  }

  function forgetRows(user: string, chat: string | undefined, shared: string | undefined): void {
    const own = 'user = $user OR chat = $chat'
    const bind = { $user: user, $chat: chat === undefined ? user : nameOf(chat) }
    transaction(db, () => {
      transaction(words, () => {
        for (const table of OF_ASKED)
          words
            .prepare(`DELETE FROM ${table} WHERE asked IN (SELECT id FROM asked WHERE ${own})`)
            .run(bind)
        words.prepare('DELETE FROM feedback WHERE user = ?').run(user)
        words.prepare(`DELETE FROM asked WHERE ${own}`).run(bind)
        usage.forget(user)
      })
      follows.forget(user, chat)
      for (const table of ['prompts', 'chats']) {
        db.prepare(`DELETE FROM ${table} WHERE ${own}`).run(bind)
        // Who did that was not kept by earlier versions.
        if (shared !== undefined)
          db.prepare(`DELETE FROM ${table} WHERE user IS NULL AND chat = ?`).run(nameOf(shared))
      }
    })
  }

  /** What a chat is called by now. */
  const nameOf = (chat: string) => String(sql.movedTo.get(chat)?.['chat'] ?? chat)
  /** Messages of a group before it moved are kept below zero: numbers begin anew where it went. */
  const numberOf = (chat: string, message: number) => (nameOf(chat) === chat ? message : -message)

  function placeOf(chat: string): string | null {
    const place = sql.place.get(nameOf(chat))?.['place']
    return typeof place === 'string' ? place : null
  }

  return {
    /**
     * A chat as one person in it sees it: its place, and what they asked after a time and until another. What others
     * asked in a group, or they themselves yesterday, is another conversation.
     */
    chat(chat: string, user: string, since: number, until = Number.MAX_SAFE_INTEGER): Chat {
      const answers = sql.recent
        .all(nameOf(chat), user, since, until, REMEMBERED_TURNS)
        .flatMap((row) => toAnswer(row['answer']) ?? [])
      return {
        place: placeOf(chat),
        history: answers.toReversed().map(turnOf),
        last: answers.find((answer) => !courtesyIn(answer)) ?? null,
      }
    },
    place: placeOf,
    /** `user` chose it, also for others in a group, and takes it along when they are forgotten. */
    setPlace(chat: string, place: string | null, user: string): void {
      sql.setPlace.run(nameOf(chat), place, user)
    },

    /**
     * What was kept of a chat is that of another from now on, whichever of the two it is asked for by;
     * false when that was known.
     */
    move(was: string, chat: string): boolean {
      return transaction(db, () => {
        if (sql.move.run(was, chat).changes === 0) return false
        // A place that was chosen there already is the later one.
        db.prepare('UPDATE OR IGNORE chats SET chat = ? WHERE chat = ?').run(chat, was)
        db.prepare('DELETE FROM chats WHERE chat = ?').run(was)
        const moved = 'SET chat = ?, message = -message WHERE chat = ?'
        db.prepare(`UPDATE prompts ${moved}`).run(chat, was)
        words.prepare(`UPDATE asked ${moved}`).run(chat, was)
        follows.move(was, chat)
        return true
      })
    },
    isMoved: (chat: string): boolean => nameOf(chat) !== chat,
    /** What else a chat that moved was called, or is. */
    otherNamesOf: (chat: string): string[] =>
      sql.otherNames.all({ $chat: chat }).map(({ name }) => String(name)),

    record: (asked: Asked): void => record(asked, counters),
    /** Keeps what was told to somebody who had not asked just now, as if it had been asked. */
    recordNews: (asked: Asked): void => record(asked, [told]),
    find(id: string): Asked | undefined {
      return toAsked(sql.find.get(id))
    },
    /** Forgets one question that was asked otherwise since, unless staff promised to answer it. */
    retract(id: string): void {
      if (replies.find(id)) return
      transaction(words, () => {
        for (const drop of sql.dropOf) drop.run(id)
        sql.drop.run(id)
      })
    },
    /** What one person asked in a chat after a time, courtesies too: the last of it, in order. */
    conversation(chat: string, user: string, since: number, limit: number): Asked[] {
      const rows = sql.conversation.all(nameOf(chat), user, since, limit)
      return rows.toReversed().flatMap((row) => toAsked(row) ?? [])
    },
    /** What the articles were asked last in a chat. */
    latest(chat: string): Asked | undefined {
      return toAsked(sql.latest.get(nameOf(chat)))
    },
    /** Remembers which message carries an answer, so that a reply to it is understood. */
    sentAs(id: string, message: number): void {
      sql.sentAs.run(message, id)
    },
    findByMessage(chat: string, message: number): Asked | undefined {
      return toAsked(sql.byMessage.get(nameOf(chat), numberOf(chat, message)))
    },

    /** Remembers which answer a message shows, under a name that tells the message from all others. */
    show(id: string, message: string): void {
      sql.show.run(message, id)
    },
    /** The answer that a message shows, or a part of it. */
    shownAs(message: string): string | undefined {
      const asked = sql.shownAs.get(message)?.['asked']
      return asked === undefined ? undefined : String(asked)
    },

    /** Keeps what somebody says of an answer, once a person; false when the answer is no longer kept. */
    judge(asked: string, user: string, { verdict, comment }: Feedback, at: number): boolean {
      return sql.judge.run(user, verdict, comment, at, asked).changes > 0
    },

    /** Takes back what somebody said of an answer, unless they wrote why. */
    unjudge(asked: string, user: string, verdict: Feedback['verdict']): void {
      sql.unjudge.run(asked, user, verdict)
    },

    /** What somebody said of an answer; nothing when they said nothing. */
    feedback: (asked: string, user: string): Feedback | undefined =>
      StoredFeedback.safeParse(sql.feedback.get(asked, user)).data,

    /** Remembers what a reply to a message is for, which somebody brought about. */
    promptSent(
      chat: string,
      message: number,
      { purpose, about }: Prompt,
      at: number,
      user: string,
    ): void {
      sql.prompt.run(nameOf(chat), message, purpose, about, at, user)
    },
    promptOf(chat: string, message: number): Prompt | undefined {
      return StoredPrompt.safeParse(sql.prompted.get(nameOf(chat), numberOf(chat, message))).data
    },

    /**
     * Forgets all that a person asked, said and chose, wherever, and all of the given chat, or of one
     * that is shared what is nobody else's; no file keeps a trace when it returns. `write` waits for other writers in its own way.
     * @throws Error when that cannot be just now.
     */
    async forget(
      user: string,
      chat?: string,
      write: (work: () => void) => void | Promise<void> = (work) => work(),
      shared?: string,
    ): Promise<void> {
      const written = write(() => forgetRows(user, chat, shared))
      // What was written at once is erased at once: whoever does not wait may close the file.
      if (written) await written
      await eraseState(db)
    },

    /** Forgets what was asked before a time, some of it at a time; gives how many questions that were. */
    async expire(before: number): Promise<number> {
      db.prepare('DELETE FROM prompts WHERE at < ?').run(before)
      usage.expire(before)
      let gone = 0
      for (;;) {
        const ids = sql.expired.all(before, DELETED_IN_ONE_TURN).map((row) => String(row['id']))
        if (ids.length === 0) break
        transaction(words, () => {
          for (const id of ids) {
            for (const drop of sql.dropOf) drop.run(id)
            sql.drop.run(id)
          }
        })
        gone += ids.length
        await nextTurn()
      }
      // What is too old need not be gone within the hour: a large file takes seconds to erase.
      if (gone > 0 && performance.now() - erasedAt > ERASE_MS) {
        await eraseState(db)
        erasedAt = performance.now()
      } else emptyLog(db)
      return gone
    },

    async stats(since: number): Promise<Stats> {
      const verdicts = (verdict: Feedback['verdict']) =>
        Number(sql.verdicts.get(verdict, since)?.['times'])
      return { ...(await usage.since(since)), useful: verdicts('useful'), wrong: verdicts('wrong') }
    },

    /** How often what was told, by article and by passage. */
    told,
    handled: createHandled(words),
    replies,
    follows,

    /** The ids of all that the articles were asked, the latest first. */
    ids: (): string[] => sql.ids.all().map(({ id }) => String(id)),
    /** What readers said was wrong with answers, by the id of the question, the latest last. */
    saidWrong(): ReadonlyMap<string, readonly SaidWrong[]> {
      const all = SaidWrong.array().parse(sql.saidWrong.all())
      return Map.groupBy(all, ({ asked }) => asked)
    },

    /** Whether somebody's question with these words is kept still. */
    isKept: (question: string): boolean => sql.kept.get(question) !== undefined,

    /** Questions without an answer, the latest first, the same one once. */
    async unanswered(limit: number, offset: number): Promise<Unanswered[]> {
      let latest: Unanswered[] = []
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

    complaints(limit: number, offset: number): Complaint[] {
      return words
        .prepare(
          `SELECT asked.question, asked.answer, feedback.comment, feedback.at
           FROM feedback JOIN asked ON asked.id = feedback.asked
           WHERE verdict = 'wrong' ORDER BY feedback.at DESC LIMIT ? OFFSET ?`,
        )
        .all(limit, offset)
        .flatMap(({ question, answer: json, comment, at }) => {
          const answer = toAnswer(json)
          if (!answer) return []
          return {
            question: String(question),
            answer,
            comment: comment === null ? null : String(comment),
            at: Number(at),
          }
        })
    },
  }
}

export type ConversationStore = ReturnType<typeof createConversationStore>

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
type Unanswered = z.infer<typeof Unanswered>

const SaidWrong = z.object({ asked: z.string(), comment: z.string().nullable(), at: z.number() })
type SaidWrong = z.infer<typeof SaidWrong>

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
