import { existsSync } from 'node:fs'
import type { SQLOutputValue } from 'node:sqlite'
import { z } from 'zod'
import { Article, SourceKind } from '../corpus.ts'
import { openWhole } from '../database/open-whole.ts'
import { lookInto } from '../database/look-into.ts'
import { isSealed, seal } from '../database/seal.ts'
import { type Step, lastVersion } from '../database/steps.ts'
import { transaction } from '../database/transaction.ts'
import { findLogDamage } from '../database/write-ahead-log.ts'
import type { RememberedIndex } from '../retrieval/passage-index.ts'
import { parseJson } from '../parse-json.ts'
import { type ReadSource, SourceReading } from '../source-reading.ts'
import { ALIKE, type Sketch, alike, likeness } from './sketch.ts'

/** A step for each change of what is kept here since the first release; see docs/decisions/0017. */
const STEPS: readonly Step[] = []
export const VERSION = lastVersion(STEPS)

const Entry = z.object({ path: z.string(), source: z.string(), digest: z.string() })

/** One file that was read into the index: where it lies, the name it is cited by, and what it held. */
export type Entry = z.infer<typeof Entry>

/** By what an article is known again: its sketch, the digest of its words, null where its data gave it its id, and how it begins. */
export interface Likeness {
  readonly sketch: Sketch
  readonly words: string | null
  readonly opening: string
}

/** An article that a source printed, and which it is of those, from 1. */
export interface Print extends Likeness {
  readonly articleId: string
  readonly n: number
}

/** An article that another source printed first, under that one's id: the index keeps it there alone, and none under its own. */
export interface Reprint {
  readonly of: string
  readonly article: Article
}

/**
 * What a file held: the articles kept of it, those of others that it reprints, its text if that had
 * to be extracted, a sentence for each line that could not be read, and what it was read as.
 */
export interface Held {
  readonly prints: readonly Print[]
  readonly reprints: readonly Reprint[]
  readonly extracted: string | null
  readonly problems: readonly string[]
  readonly reading?: SourceReading | undefined
}

/**
 * What ingest remembers of one index: which file held what, and which articles a source only
 * reprints. It lies beside the index and is no part of it; of an index made anew it remembers only
 * which files there were, all to be read again, and which articles, so that each keeps its id.
 */
export interface Ledger {
  entries(): Entry[]
  /** The same in the order in which they are to be read again, so that each article is of the source that printed it before. */
  entriesAsRead(): Entry[]
  entry(path: string): Entry | undefined
  /** The files that were read under a source's name: one, or two while a file moves. */
  filesOf(source: string): Entry[]
  /**
   * Remembers a file that is in the index now. Files that reprint articles of its own are to be read
   * again: it may print them no more.
   */
  put(entry: Entry, held: Held): void
  /** Notes a file before it goes into the index, so that one that is killed and gone by the next run is cleared away. */
  begin(file: Omit<Entry, 'digest'>): void
  /** Forgets a file and what it printed; those that reprint it are to be read again. */
  remove(path: string): void
  /** The source that printed an article under this id. */
  printedBy(articleId: string): string | undefined
  /** The article that is this one and of no source with one of these names, if there is one. */
  twin(sketch: Sketch, notOf: readonly [string, string]): string | undefined
  /** Ids that an article with these words had in a source with one of these names, or in one that is gone. */
  idsOfWords(article: Likeness, names: readonly string[]): string[]
  /** The same for articles that are alike, the likeliest first, then for those of these names that begin so. */
  idsAlike(article: Likeness, names: readonly string[]): string[]
  /** The articles of others that a source reprints. */
  reprintsOf(source: string): string[]
  /** The articles that sources only reprint, each with where else it stands. */
  reprinted(): Article[]
  /** The article that the index keeps of one that is only reprinted under this id, if one is. */
  keptOf(id: string): string | undefined
  /** The text that offsets into a source point into, where its file is not its text. */
  extractedText(source: string): string | undefined
  /** The other sources of an article. */
  alsoIn(articleId: string): string[]
  /** What could not be read of a file, in order. */
  problemsOf(path: string): string[]
  /** Another after every change, by whomever. */
  version(): string
  /** All sources that were read, by name; or the one of a name. */
  sources(name?: string): ReadSource[]
  /** The articles of each source, in its order, under the ids that they have; one that it reprints under the other's. */
  articlesOf(source: string): { n: number; id: string }[]
  /** By id, the source of each article that is printed. */
  sourceByArticle(): Map<string, string>
  /** Lets a file be read again by the next ingest, whatever its digest. */
  readAgain(path: string): void
  /** What staff said that a file is, instead of what it looks like; also of an index made anew. */
  kindGiven(path: string): SourceKind | null
  giveKind(path: string, kind: SourceKind | null): void
  /** Remembers that the index was changed so often, so that it is seen when changes are lost. */
  noteGeneration(generation: number): void
  close(): void
}

/** A hash in more articles than this is of a form that many share, and tells no two of them apart from others. */
const MOST_STANDING = 50

/** Of a sketch, how many hashes are looked up for candidates: one in common is near certain between texts that are alike. */
const LOOKED_UP = 8

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS files (path TEXT PRIMARY KEY, source TEXT, digest TEXT,
    ${seal('path', 'source', 'digest')}) STRICT;
  -- Those that nobody prints any more stay, so that one that comes again is known.
  CREATE TABLE IF NOT EXISTS prints (article TEXT PRIMARY KEY, source TEXT, sketch BLOB, words TEXT,
    opening TEXT, n INTEGER, printed INTEGER DEFAULT 1,
    ${seal('article', 'source', 'sketch', 'words', 'opening', 'n', 'printed')}) STRICT;
  CREATE INDEX IF NOT EXISTS prints_by_source ON prints (source);
  CREATE INDEX IF NOT EXISTS prints_by_words ON prints (words);
  CREATE INDEX IF NOT EXISTS prints_by_opening ON prints (opening);
  -- The index holds the same as the table, and they are compared when damage is looked for.
  CREATE TABLE IF NOT EXISTS hashes (hash INTEGER, article TEXT, PRIMARY KEY (hash, article)) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS hashes_by_article ON hashes (article);
  CREATE TABLE IF NOT EXISTS reprints (source TEXT, article TEXT, ${seal('source', 'article')},
    PRIMARY KEY (source, article)) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS reprinted (source TEXT, n INTEGER, article TEXT, json TEXT,
    ${seal('source', 'n', 'article', 'json')}, PRIMARY KEY (source, n)) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS reprinted_by_id ON reprinted (json ->> 'id');
  CREATE TABLE IF NOT EXISTS texts (source TEXT PRIMARY KEY, text TEXT, ${seal('source', 'text')}) STRICT;
  CREATE TABLE IF NOT EXISTS problems (path TEXT, n INTEGER, problem TEXT,
    ${seal('path', 'n', 'problem')}, PRIMARY KEY (path, n)) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS readings (source TEXT PRIMARY KEY, json TEXT, ${seal('source', 'json')}) STRICT;
  CREATE TABLE IF NOT EXISTS kinds (path TEXT PRIMARY KEY, kind TEXT, ${seal('path', 'kind')}) STRICT;
  CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT, ${seal('name', 'value')}) STRICT;`

const ALSO_IN = 'SELECT source AS value FROM reprints WHERE article = ? ORDER BY source'

/** All files, those behind that reprint what others print first; where they reprint each other, after so many rounds. */
const AS_PRINTED = `
  WITH RECURSIVE behind (source, turn) AS (
    SELECT source, 0 FROM files
    UNION
    SELECT reprints.source, turn + 1 FROM behind
      JOIN prints ON prints.source = behind.source AND printed
      JOIN reprints USING (article)
      WHERE turn < 8
  )
  SELECT path, files.source FROM files JOIN behind USING (source)
  GROUP BY path ORDER BY max(turn), files.rowid`

const Reprinted = z.object({
  article: z.string(),
  json: z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(Article),
  first: z.string(),
})

const BUSY_MS = 10_000

/**
 * Opens the ledger in a file, for the index with this identity; null to look at what it remembers of any. Of one that was damaged only the files
 * and what staff said of them are kept, so that all are read again.
 */
export function openLedger(
  file: string,
  identity: string | null,
  { onNotice = () => {} }: { readonly onNotice?: (notice: string) => void } = {},
): Ledger {
  let wasDamaged = false
  const db = openWhole(file, {
    busyMs: BUSY_MS,
    steps: STEPS,
    schema: SCHEMA,
    onDamage(damage) {
      wasDamaged = true
      onNotice(
        `读取记录 ${file} 已损坏（${damage}），已改名为 .damaged 保留；读过的文件全部重新读取。没有重新读到的，请再运行 npm run ingest。`,
      )
    },
  })
  if (wasDamaged) db.exec('DELETE FROM meta')
  if (identity !== null) forgetOldIndex(identity)

  const files = 'SELECT path, source, digest FROM files'
  const allFiles = db.prepare(`${files} ORDER BY path`)
  const filesAsRead = db.prepare(`${files} ORDER BY rowid`)
  const fileAt = db.prepare(`${files} WHERE path = ?`)
  const filesNamed = db.prepare(`${files} WHERE source = ? ORDER BY path`)
  const standing = db.prepare('SELECT article FROM hashes WHERE hash = ? LIMIT ?')
  const printedElsewhere = db.prepare(
    'SELECT article, sketch FROM prints WHERE article = ? AND source NOT IN (?, ?) AND printed',
  )
  const sameWords = db.prepare(
    'SELECT article, source, sketch, printed FROM prints WHERE words = ? ORDER BY article',
  )
  const sameOpening = db.prepare(
    'SELECT article, source FROM prints WHERE opening = ? AND words IS NOT NULL ORDER BY article',
  )
  const ownId = db.prepare(
    'SELECT article, source, sketch, printed FROM prints WHERE article = ? AND words IS NOT NULL',
  )

  return {
    entries: () => z.array(Entry).parse(allFiles.all()),
    entriesAsRead: () => z.array(Entry).parse(filesAsRead.all()),
    entry: (path) => Entry.optional().parse(fileAt.get(path)),
    filesOf: (source) => z.array(Entry).parse(filesNamed.all(source)),
    put: (entry, held) => transaction(db, () => write(entry, held)),
    begin: ({ path, source }) =>
      void db.prepare("INSERT OR IGNORE INTO files VALUES (?, ?, '')").run(path, source),
    remove: (path) => transaction(db, () => forget(path)),
    printedBy: (articleId) =>
      column('SELECT source AS value FROM prints WHERE article = ? AND printed', articleId)[0],
    twin,
    idsOfWords: ({ sketch, words }, names) =>
      free(sameWords.all(words), sketch, names).map(articleIn),
    idsAlike,
    reprintsOf: (source) =>
      column('SELECT article AS value FROM reprints WHERE source = ? ORDER BY article', source),
    reprinted,
    keptOf: (id) => column("SELECT article AS value FROM reprinted WHERE json ->> 'id' = ?", id)[0],
    extractedText: (source) =>
      column('SELECT text AS value FROM texts WHERE source = ?', source)[0],
    alsoIn: (articleId) => column(ALSO_IN, articleId),
    problemsOf: (path) =>
      column('SELECT problem AS value FROM problems WHERE path = ? ORDER BY n', path),
    kindGiven: (path) =>
      SourceKind.nullable().parse(
        column('SELECT kind AS value FROM kinds WHERE path = ?', path)[0] ?? null,
      ),
    giveKind,
    version: () =>
      Object.values({
        ...db.prepare('PRAGMA data_version').get(),
        ...db.prepare('SELECT total_changes() AS own').get(),
      }).join(),
    sources,
    articlesOf: (source) =>
      db
        .prepare(
          `SELECT n, article AS id FROM prints WHERE source = ?1 AND printed
           UNION ALL SELECT n, article FROM reprinted WHERE source = ?1 ORDER BY n`,
        )
        .all(source)
        .map(({ n, id }) => ({ n: Number(n), id: String(id) })),
    sourceByArticle: () =>
      new Map(
        db
          .prepare('SELECT article, source FROM prints WHERE printed ORDER BY source, n')
          .all()
          .map(({ article, source }) => [String(article), String(source)]),
      ),
    readAgain: (path) => void db.prepare("UPDATE files SET digest = '' WHERE path = ?").run(path),
    noteGeneration: (generation) =>
      void db
        .prepare("INSERT OR REPLACE INTO meta VALUES ('generation', ?)")
        .run(String(generation)),
    close: () => db.close(),
  }

  function reprinted(): Article[] {
    return db
      .prepare(
        `SELECT reprinted.article, json, prints.source AS first FROM reprinted
         JOIN prints ON prints.article = reprinted.article AND printed
         ORDER BY reprinted.source, reprinted.n`,
      )
      .all()
      .map((row) => {
        const { article, json, first } = Reprinted.parse(row)
        const others = column(ALSO_IN, article).filter((other) => other !== json.source)
        return { ...json, also: [first, ...others] }
      })
  }

  function sources(name?: string): ReadSource[] {
    const isAsked = '?1 IS NULL OR source = ?1'
    const asked = name ?? null
    const problems = Map.groupBy(
      db
        .prepare(
          `SELECT path, problem FROM problems JOIN files USING (path) WHERE ${isAsked} ORDER BY path, n`,
        )
        .all(asked),
      ({ path }) => path,
    )
    return db
      .prepare(
        `SELECT source, path, json FROM files LEFT JOIN readings USING (source) WHERE ${isAsked} ORDER BY source`,
      )
      .all(asked)
      .map(({ source, path, json }) => ({
        source: String(source),
        path: String(path),
        reading: SourceReading.safeParse(parseJson(String(json))).data ?? null,
        problems: (problems.get(path) ?? []).map(({ problem }) => String(problem)),
      }))
  }

  function giveKind(path: string, kind: SourceKind | null) {
    if (kind) db.prepare('INSERT OR REPLACE INTO kinds VALUES (?, ?)').run(path, kind)
    else db.prepare('DELETE FROM kinds WHERE path = ?').run(path)
  }

  function forgetOldIndex(now: string) {
    const known = db.prepare("SELECT value FROM meta WHERE name = 'index'").get()
    if (known?.value === now) return
    transaction(db, () => {
      const all = db.prepare(AS_PRINTED).all()
      db.exec(`DELETE FROM meta; DELETE FROM files; UPDATE prints SET printed = 0;
        DELETE FROM reprints; DELETE FROM reprinted; DELETE FROM texts; DELETE FROM problems;
        DELETE FROM readings`)
      const again = db.prepare("INSERT INTO files VALUES (?, ?, '')")
      for (const { path, source } of all) again.run(path!, source!)
      db.prepare("INSERT OR REPLACE INTO meta VALUES ('index', ?)").run(now)
    })
  }

  function write({ path, source, digest }: Entry, held: Held) {
    const { prints, reprints, extracted, problems, reading } = held
    forgetPrints(source)
    forgetProblems(path)
    db.prepare('INSERT OR REPLACE INTO files VALUES (?, ?, ?)').run(path, source, digest)
    const print = db.prepare('INSERT OR REPLACE INTO prints VALUES (?, ?, ?, ?, ?, ?, 1)')
    const unhash = db.prepare('DELETE FROM hashes WHERE article = ?')
    const hash = db.prepare('INSERT OR IGNORE INTO hashes VALUES (?, ?)')
    for (const { articleId, sketch, words, opening, n } of prints) {
      const blob = new Uint8Array(Uint32Array.from(sketch).buffer)
      print.run(articleId, source, blob, words, opening, n)
      unhash.run(articleId)
      for (const value of sketch.slice(0, LOOKED_UP)) hash.run(value, articleId)
    }
    const reprint = db.prepare('INSERT OR IGNORE INTO reprints VALUES (?, ?)')
    const whole = db.prepare('INSERT OR REPLACE INTO reprinted VALUES (?, ?, ?, ?)')
    for (const { of, article } of reprints) {
      reprint.run(source, of)
      whole.run(source, article.n, of, JSON.stringify(article))
    }
    if (extracted !== null) db.prepare('INSERT INTO texts VALUES (?, ?)').run(source, extracted)
    if (reading)
      db.prepare('INSERT INTO readings VALUES (?, ?)').run(source, JSON.stringify(reading))
    const problem = db.prepare('INSERT INTO problems VALUES (?, ?, ?)')
    for (const [n, sentence] of problems.entries()) problem.run(path, n, sentence)
  }

  function forgetProblems(path: string) {
    db.prepare('DELETE FROM problems WHERE path = ?').run(path)
  }

  function forgetPrints(source: string) {
    db.prepare(`UPDATE files SET digest = '' WHERE source IN
      (SELECT reprints.source FROM reprints JOIN prints USING (article)
       WHERE prints.source = ? AND printed)`).run(source)
    db.prepare('UPDATE prints SET printed = 0 WHERE source = ?').run(source)
    db.prepare('DELETE FROM reprints WHERE source = ?').run(source)
    db.prepare('DELETE FROM reprinted WHERE source = ?').run(source)
    db.prepare('DELETE FROM texts WHERE source = ?').run(source)
    db.prepare('DELETE FROM readings WHERE source = ?').run(source)
  }

  function twin(sketch: Sketch, notOf: readonly [string, string]): string | undefined {
    return candidatesOf(sketch).find((article) => {
      const row = printedElsewhere.get(article, ...notOf)
      return row && alike(sketchIn(row), sketch)
    })
  }

  /** Articles that share hashes with a sketch, in a stable order. */
  function candidatesOf(sketch: Sketch): string[] {
    const candidates = sketch.slice(0, LOOKED_UP).flatMap((hash) => {
      const articles = standing.all(hash, MOST_STANDING + 1).map(({ article }) => String(article))
      return articles.length > MOST_STANDING ? [] : articles
    })
    return [...new Set(candidates)].toSorted()
  }

  function idsAlike({ sketch, opening }: Likeness, names: readonly string[]): string[] {
    const candidates = candidatesOf(sketch).flatMap((article) => ownId.all(article))
    const likes = free(candidates, sketch, names)
      .map((row) => ({ row, like: likeness(sketchIn(row), sketch) }))
      .filter(({ like }) => like >= ALIKE)
      .toSorted((a, b) => b.like - a.like)
    const begun = sameOpening.all(opening).filter(({ source }) => names.includes(String(source)))
    return [...likes.map(({ row }) => row), ...begun].map(articleIn)
  }

  /** Those that a source with one of these names printed first, then those that nobody prints any more. */
  function free(rows: readonly Row[], sketch: Sketch, names: readonly string[]): Row[] {
    const isOf = ({ source }: Row) => names.includes(String(source))
    // A text too short to be known by may stand in many sources.
    const isLeft = ({ printed }: Row) => printed === 0 && sketch.length > 0
    return [...rows.filter(isOf), ...rows.filter((row) => !isOf(row) && isLeft(row))]
  }

  function forget(path: string) {
    const entry = Entry.optional().parse(fileAt.get(path))
    if (!entry) return
    db.prepare('DELETE FROM files WHERE path = ?').run(path)
    forgetProblems(path)
    if (filesNamed.all(entry.source).length === 0) forgetPrints(entry.source)
  }

  function column(sql: string, parameter: string): string[] {
    return db
      .prepare(sql)
      .all(parameter)
      .map(({ value }) => String(value))
  }
}

/** What the ledger in a file remembers of the index, if it can be read at a glance. */
export function rememberedIndex(file: string): RememberedIndex | undefined {
  // Opening it would hide what its log lacks from whoever opens it to write.
  if (!existsSync(file) || findLogDamage(file)) return undefined
  try {
    return lookInto(file, (db) => {
      const read = db.prepare(
        `SELECT value FROM meta WHERE name = ? AND ${isSealed('name', 'value')}`,
      )
      const meta = (name: string) => read.get(name)?.['value']
      return { identity: String(meta('index')), generation: Number(meta('generation') ?? 0) }
    })
  } catch {
    // Whoever opens it to write says what is wrong with it.
    return undefined
  }
}

/** The paths of the files that the ledger in a file remembers. */
export const pathsIn = (file: string): string[] =>
  lookInto(file, (db) =>
    db
      .prepare('SELECT path FROM files ORDER BY path')
      .all()
      .map(({ path }) => String(path)),
  )

/**
 * Tells the ledger in a file that files lie elsewhere now, and that of the index nothing is known:
 * all is to be read again.
 */
export function moveFiles(file: string, moved: ReadonlyMap<string, string>): void {
  const db = openWhole(file, { busyMs: BUSY_MS, steps: STEPS, schema: SCHEMA, onDamage() {} })
  transaction(db, () => {
    for (const table of ['files', 'problems', 'kinds']) {
      const move = db.prepare(`UPDATE OR REPLACE ${table} SET path = ? WHERE path = ?`)
      for (const [from, to] of moved) move.run(to, from)
    }
    db.exec('DELETE FROM meta')
  })
  db.close()
}

/** A file that was read, and what staff said that it is. */
const KnownFile = Entry.extend({ kind: SourceKind.nullable() })
export type KnownFile = z.infer<typeof KnownFile>

/**
 * The files that the ledger in a file remembers, and how many lines of them could not be read; leaves no trace.
 * @throws what SQLite throws.
 */
export const lookAtLedger = (file: string) =>
  lookInto(file, (db) => ({
    files: z
      .array(KnownFile)
      .parse(
        db
          .prepare('SELECT path, source, digest, kind FROM files LEFT JOIN kinds USING (path)')
          .all(),
      ),
    problems: Number(db.prepare('SELECT count(*) AS rows FROM problems').get()?.['rows']),
  }))

type Row = Record<string, SQLOutputValue>

const articleIn = ({ article }: Row) => String(article)

function sketchIn({ sketch }: Row): ArrayLike<number> {
  return sketch instanceof Uint8Array ? new Uint32Array(sketch.slice().buffer) : []
}
