import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { isSealed, seal } from '../../database/seal.ts'
import { makeTables } from '../../database/tables.ts'
import { transaction } from '../../database/transaction.ts'
import { ownText } from '../../language/word-lists.ts'
import { parseJson } from '../../parse-json.ts'
import { type Change, withChange } from './changes.ts'
import { LISTS, LIST_NAMES, type ListName, type Texts, keyOf } from './lists.ts'
import { messageOf } from '../../message-of.ts'
import { clock } from '../../clock.ts'

const DRAFTED = ['n', 'who', 'change', 'at'] as const
const SAVED = ['n', 'who', 'changes', 'at'] as const
const SCHEMA = `
  CREATE TABLE IF NOT EXISTS word_drafts (
    n INTEGER PRIMARY KEY AUTOINCREMENT, who TEXT NOT NULL, change TEXT NOT NULL, at INTEGER NOT NULL,
    ${seal(...DRAFTED)}
  );
  CREATE TABLE IF NOT EXISTS word_saves (
    n INTEGER PRIMARY KEY AUTOINCREMENT, who TEXT NOT NULL, changes TEXT NOT NULL, at INTEGER NOT NULL,
    ${seal(...SAVED)}
  );
`

const ChangeRow = z.object({
  list: z.enum(LIST_NAMES),
  section: z.string(),
  text: z.string(),
  takesOut: z.boolean(),
  was: z.string().optional(),
})
const json = <T extends z.ZodType>(of: T) => z.string().transform(parseJson).pipe(of)
const DraftRow = z.object({ n: z.number(), change: json(ChangeRow) })
const SaveRow = z.object({
  n: z.number(),
  who: z.string(),
  changes: json(z.array(ChangeRow)),
  at: z.number(),
})

export type Drafted = z.infer<typeof DraftRow>
/** What somebody saved at a time, in milliseconds since 1970. */
export type Save = z.infer<typeof SaveRow>

export interface SavedWords {
  readonly texts: Texts
  /** Files of staff's that cannot be read, a sentence each. */
  readonly faults: readonly string[]
}

/** What staff would change, each a draft of their own, and what they saved: words in files, who and when beside. */
export function createWordsStore(
  db: DatabaseSync,
  { folder, now = clock.now }: { readonly folder: string; readonly now?: () => number },
) {
  makeTables(db, SCHEMA)
  const sql = {
    draft: db.prepare(
      `SELECT n, change FROM word_drafts WHERE who = ? AND ${isSealed(...DRAFTED)} ORDER BY n`,
    ),
    add: db.prepare('INSERT INTO word_drafts (who, change, at) VALUES (?, ?, ?)'),
    drop: db.prepare('DELETE FROM word_drafts WHERE who = ? AND n = ?'),
    discard: db.prepare('DELETE FROM word_drafts WHERE who = ?'),
    keep: db.prepare('INSERT INTO word_saves (who, changes, at) VALUES (?, ?, ?)'),
    saves: db.prepare(
      `SELECT n, who, changes, at FROM word_saves WHERE ${isSealed(...SAVED)} ORDER BY n DESC LIMIT 200`,
    ),
  }

  const draft = (who: string): Drafted[] => z.array(DraftRow).parse(sql.draft.all(who))

  function saved(): SavedWords {
    const faults: string[] = []
    const text = (list: ListName) => {
      try {
        return ownText(folder, LISTS[list].name)
      } catch (error) {
        faults.push(messageOf(error))
        return ''
      }
    }
    const [thesaurus, gazetteer, governors] = [
      text('thesaurus'),
      text('gazetteer'),
      text('governors'),
    ]
    return { texts: { thesaurus, gazetteer, governors }, faults }
  }

  return {
    saved,
    draft,
    /** Adds to somebody's draft; what takes back a change of it takes that out instead. */
    change(who: string, changes: readonly Change[]): void {
      transaction(db, () => {
        for (const change of changes) {
          const before = draft(who).find(
            ({ change: of }) =>
              of.list === change.list && keyOf(of.list, of) === keyOf(of.list, change),
          )
          if (before) sql.drop.run(who, before.n)
          if (!before || !takesBack(before.change, change))
            sql.add.run(who, JSON.stringify(change), now())
        }
      })
    },
    drop: (who: string, n: number) => void sql.drop.run(who, n),
    discard: (who: string) => void sql.discard.run(who),
    saves: (): Save[] => z.array(SaveRow).parse(sql.saves.all()),
    /**
     * Writes somebody's draft into the files, over what others saved meanwhile, and begins a new one.
     * Where that is broken off in between, the draft is there to be saved again.
     * @throws Error in a sentence when a file cannot be read or written.
     */
    save(who: string): void {
      transaction(db, () => {
        const changes = draft(who).map(({ change }) => change)
        if (changes.length === 0) return
        const { texts, faults } = saved()
        if (faults.length > 0) throw new Error(`${faults.join(' ')} 先把文件改好，再保存。`)
        const after = drafted(texts, changes)
        for (const list of LIST_NAMES)
          if (after[list] !== texts[list]) writeWhole(folder, LISTS[list].name, after[list])
        sql.keep.run(who, JSON.stringify(changes), now())
        sql.discard.run(who)
      })
    },
  }
}

const takesBack = (before: Change, change: Change) =>
  before.takesOut !== change.takesOut && before.text === change.text

export type WordsStore = ReturnType<typeof createWordsStore>

/** Staff's files after changes. */
export function drafted(texts: Texts, changes: readonly Change[]): Texts {
  const after = { ...texts }
  for (const change of changes) after[change.list] = withChange(after[change.list], change)
  return after
}

/** Writes all files of a folder that has none. */
export function writeTexts(folder: string, texts: Texts): void {
  for (const list of LIST_NAMES) writeWhole(folder, LISTS[list].name, texts[list])
}

/** Writes a file so that whoever reads it, even after a crash, sees all of the old or all of the new. */
function writeWhole(folder: string, name: string, text: string): void {
  const file = join(folder, name)
  const fresh = `${file}.fresh`
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const open = openSync(fresh, 'w', 0o600)
    try {
      writeSync(open, text)
      fsyncSync(open)
    } finally {
      closeSync(open)
    }
    renameSync(fresh, file)
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    throw new Error(`${file} 写不进去（${why}）；草稿还在。`, { cause: error })
  }
}
