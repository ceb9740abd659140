import { createHash } from 'node:crypto'
import { rmSync } from 'node:fs'
import { resolve, sep } from 'node:path'
import type { Correction } from '../correction.ts'
import type { Article, Passage, SourceKind } from '../corpus.ts'
import { GAZETTEER_LIST } from '../language/places.ts'
import { isDamage, isSqlite } from '../database/errors.ts'
import { IndexUnavailableError } from '../retrieval/index-unavailable.ts'
import type { Batch, PassageIndex, Unembedded } from '../retrieval/passage-index.ts'
import {
  type FoundFile,
  type SkippedFile,
  findFiles,
  isThere,
  readingProblem,
} from './find-files.ts'
import type { Corrections } from './corrections/corrections-file.ts'
import { keepIds } from './keep-ids.ts'
import type { Entry, Ledger, Print, Reprint } from './ledger.ts'
import { READER_VERSION } from './reader-version.ts'
import { chunksOf, openFile } from './read/open-file.ts'
import type { Item } from './reading/messages.ts'
import { type Readers, openReaders } from './reading/open-readers.ts'
import type { Read } from './reading/tasks.ts'
import type { Doubt, SourceReading } from '../source-reading.ts'
import { shortened } from '../language/shortened.ts'

/** What became of one file. */
export type Outcome =
  | {
      readonly source: string
      readonly status: 'new' | 'changed' | 'moved'
      readonly articles: number
      readonly passages: number
      /** Articles that another source prints too, and that are kept once, there. */
      readonly reprints: number
      /** What was unsure, in Chinese, for staff. */
      readonly notes: readonly string[]
      /** Lines of data that could not be read, a sentence each. */
      readonly problems: readonly string[]
      /** Passages without the vectors that they should have; the next ingest tries again. */
      readonly unembedded?: Unembedded
    }
  /** The lines that could not be read then are told again, until somebody corrects them. */
  | { readonly source: string; readonly status: 'unchanged'; readonly problems: readonly string[] }
  | { readonly source: string; readonly status: 'removed' }
  | ({ readonly status: 'skipped' } & SkippedFile)
  | {
      readonly source: string
      readonly status: 'failed'
      readonly error: string
      /** What it is, where it is not the file's fault but the index's, the disk's or the system's, and may pass. */
      readonly passing?: string
    }

export interface IngestDeps {
  readonly index: PassageIndex
  readonly ledger: Ledger
  /** What staff corrected in how files are read. */
  readonly corrections?: Corrections
  /** What reads the files; else it starts its own, and ends them. */
  readonly readers?: Readers<'articles'>
  /** Told of every file as soon as it is done, and how many there are. */
  readonly report?: (outcome: Outcome, done: number, total: number) => void
}

/** A file whose turn comes: what it is, and its reading, begun where it is not known already. */
interface Begun extends FoundFile {
  readonly looked: Promise<Looked & { readonly reading: Reading | null }>
}

/** What a file is: its digest, what is corrected in it, and the names that it had and nobody else has now. */
interface Looked {
  readonly digest: string
  readonly corrections: readonly Correction[]
  readonly formerly: readonly string[]
}

type Reading = AsyncGenerator<Item<'articles'>>

/**
 * Reads files and folders into the index: only what is new or changed; what is gone from a folder
 * goes from the index too. One file that cannot be read, or holds no article, does not stop the
 * others, and keeps what was read of it before. A file is in the ledger only after it is in the index,
 * so the next run makes whole what a killed one left. What files are to be read `as` is remembered of
 * each; `auto` lets them be looked at again.
 */
export async function ingest(
  paths: readonly string[],
  deps: IngestDeps,
  options: { dryRun?: boolean; as?: SourceKind | 'auto' } = {},
): Promise<Outcome[]> {
  if (deps.readers) return ingestWith(deps.readers, paths, deps, options)
  const readers = openReaders('articles')
  try {
    return await ingestWith(readers, paths, deps, options)
  } finally {
    readers.close()
  }
}

async function ingestWith(
  readers: Readers<'articles'>,
  paths: readonly string[],
  { index, ledger, corrections, report }: IngestDeps,
  { dryRun = false, as }: { dryRun?: boolean; as?: SourceKind | 'auto' },
): Promise<Outcome[]> {
  const found = await findFiles(paths)
  const gone = ledger.entries().filter(({ path }) => found.lookedFor(path) && !isThere(path))
  const outcomes: Outcome[] = []
  let total = found.problems.length + found.skipped.length + found.files.length + gone.length
  const tell = (outcome: Outcome) => {
    outcomes.push(outcome)
    report?.(outcome, outcomes.length, total)
  }

  for (const { path, error } of found.problems) tell({ source: path, status: 'failed', error })
  for (const file of found.skipped) tell({ status: 'skipped', ...file })
  if (found.files.length === 0 && gone.length > 0) {
    const [path] = paths
    const error = `${path}: nothing is there, though ${gone.length} files were read from it; look whether it is mounted, or take them out with --remove.`
    tell({ source: path!, status: 'failed', error })
    return outcomes
  }
  const work = { readers, index, ledger, ...(corrections && { corrections }), dryRun, as }
  for await (const outcome of ingestFound({ files: found.files, gone }, work)) tell(outcome)
  const isTried = (o: Outcome) => o.status === 'failed' || 'unembedded' in o
  const tried = new Set(outcomes.flatMap((o) => (isTried(o) ? [o.source] : [])))
  // Who tries a file looks at that one alone.
  const stale =
    dryRun && paths.length > 0
      ? []
      : ledger.entriesAsRead().filter((entry) => isStale(entry) && !tried.has(entry.source))
  total += stale.length
  for await (const outcome of ingestFound({ files: stale, goneBefore: gone }, work)) tell(outcome)
  return outcomes
}

/**
 * Whether a file is to be read again, though it is as it was: another printed its articles first, until
 * now; or its passages lack vectors; or the index was made anew.
 */
export const isStale = (entry: Entry) =>
  (entry.digest === '' || isUnembedded(entry)) && isThere(entry.path)

/** Whether passages of a file lack vectors that they should have. */
export const isUnembedded = ({ digest }: Entry) => digest.endsWith(UNEMBEDDED)

/** Files that were found, and what was read before and is gone. */
export interface FoundWork {
  readonly files: readonly FoundFile[]
  /** What is to be taken out. */
  readonly gone?: readonly Entry[]
  /** What was taken out a while ago, and may lie elsewhere now. */
  readonly goneBefore?: readonly Entry[]
}

export interface FoundDeps extends Pick<IngestDeps, 'index' | 'ledger' | 'corrections'> {
  readonly readers: Readers<'articles'>
  readonly dryRun?: boolean
  readonly as?: SourceKind | 'auto' | undefined
  /** Aborted, it begins with no other file; what has begun is done first. */
  readonly signal?: AbortSignal
}

/**
 * Does what `ingest` does with what was found already: what became of each, in its order, what is gone
 * first.
 */
export async function* ingestFound(
  { files, gone: leaving = [], goneBefore = [] }: FoundWork,
  { readers, index, ledger, corrections, dryRun = false, as, signal }: FoundDeps,
): AsyncGenerator<Outcome> {
  const corrected = Map.groupBy(corrections?.all() ?? [], ({ source }) => source)
  const gone = [...goneBefore, ...leaving]
  // First what is gone: a file that moved would be taken for a reprint of itself.
  for (const entry of leaving) yield await forget(entry)
  for (const file of begunAhead()) yield await ingestFile(file)

  /**
   * Begins with files before their turn, so that they are read while those before are written. No
   * more than there are readers, or the file whose turn it is could wait for those behind it.
   */
  function* begunAhead(): Generator<Begun> {
    const begun: Begun[] = []
    for (const i of files.keys()) {
      if (!signal?.aborted)
        for (const file of files.slice(i + begun.length, i + readers.size)) begun.push(begin(file))
      const next = begun.shift()
      if (!next) return
      yield next
    }
  }

  function begin(file: FoundFile): Begun {
    const copy = dryRun ? undefined : ledger.adopt(file)
    if (copy !== undefined) rmSync(copy, { force: true })
    const looked = (async () => {
      const what = await look(file)
      return { ...what, reading: isKnown(file, what.digest) ? null : startReading(file, what) }
    })()
    // Told when its turn comes.
    looked.catch(() => undefined)
    return { ...file, looked }
  }

  async function look(file: FoundFile): Promise<Looked> {
    const { path, source } = file
    const bytes = await digestOf(path, kindOf(file))
    const isLeft = (name: string) =>
      name !== source &&
      !ledger.filesOf(name).some((other) => other.path !== path && isThere(other.path))
    const before = ledger.entry(path)?.source ?? source
    const moved = gone.filter(({ digest }) => bytesIn(digest) === bytes)
    const formerly = [before, ...moved.map((other) => other.source)].filter(isLeft)
    const mine = [source, ...formerly].flatMap((name) => corrected.get(name) ?? [])
    return { digest: withCorrections(bytes, mine), corrections: mine, formerly }
  }

  function kindOf({ path }: FoundFile): SourceKind | null {
    return as === 'auto' ? null : (as ?? ledger.kindGiven(path))
  }

  function isKnown({ path, source }: FoundFile, digest: string): boolean {
    const before = ledger.entry(path)
    return before?.digest === digest && before.source === source
  }

  function startReading({ path, source }: FoundFile, looked: Looked): Reading {
    const kind = kindOf({ path, source })
    return readers.read({ path, source, kind, corrections: looked.corrections })
  }

  async function ingestFile({ path, source, looked }: Begun): Promise<Outcome> {
    const before = ledger.entry(path)
    let reading: Reading | null = null
    try {
      if (as && !dryRun) ledger.giveKind(path, as === 'auto' ? null : as)
      const begun = await looked
      const { digest, formerly } = begun
      reading = begun.reading
      if (isKnown({ path, source }, digest))
        return { source, status: 'unchanged', problems: ledger.problemsOf(path) }
      refuseTwins(path, source)
      if (!dryRun) {
        ledger.begin({ path, source })
        for (const name of formerly) if (corrected.has(name)) corrections?.rename(name, source)
      }
      // What it reprints may have changed since it was looked at.
      reading ??= startReading({ path, source }, begun)
      const { counted, held, unembedded } = await read(
        reading,
        { path, source },
        begun,
        before?.source,
      )
      const { reprints } = held
      if (!dryRun) {
        if (before && before.source !== source) await drop(before, { index, ledger })
        await nameSources(
          source,
          reprints.map(({ of }) => of),
        )
        const known = unembedded ? `${digest}${UNEMBEDDED}` : digest
        ledger.put({ path, source, digest: known }, held)
        await noteGeneration({ index, ledger })
      }
      const isMoved = gone.some((other) => bytesIn(other.digest) === bytesIn(digest))
      const status = before ? 'changed' : isMoved ? 'moved' : 'new'
      return {
        source,
        status,
        ...counted,
        reprints: reprints.length,
        ...(unembedded && { unembedded }),
      }
    } catch (error) {
      // Nothing of it is in the index, unless something was before.
      if (!before && !dryRun) ledger.remove(path)
      const message = readingProblem(path, error)
      // A fault of ours or of the index's does not know which file it befell.
      const told = message.includes(path) ? message : `${path}: ${message}`
      return { source, status: 'failed', error: told, ...(mayPass(error) && { passing: message }) }
    } finally {
      void reading?.return(undefined)
    }
  }

  /** A source's name is what a citation shows: two files must not share one. */
  function refuseTwins(path: string, source: string) {
    const twin = ledger.filesOf(source).find((entry) => entry.path !== path)
    if (twin && isThere(twin.path)) {
      throw new Error(
        `${path}: ${twin.path} is read under the same name, ${source}; ingest the folder that holds both.`,
      )
    }
  }

  /**
   * Reads a file's articles into the index in one go; of a dry run, only counts them. What the file
   * printed under the name it had before is its own, and no other source's.
   */
  async function read(
    items: Reading,
    { path, source }: FoundFile,
    looked: Looked,
    nameBefore = source,
  ) {
    const names: [string, string] = [source, nameBefore]
    const ids = keepIds(ledger, [source, ...looked.formerly])
    const unplaced = new Map(looked.corrections.map((correction) => [correction.id, correction]))
    const prints: Print[] = []
    const wordsOf = new Map<string, string>()
    const reprints: Reprint[] = []
    const counted = { articles: 0, passages: 0, notes: [] as string[], problems: [] as string[] }
    let extracted: string | null = null
    let kind: Pick<SourceReading, 'kind' | 'reason'> | undefined
    const unsure: string[] = []
    const doubted: Doubt[] = []
    /** Articles whose id may still be another's, that is yet to come. */
    let unsettled: ReadArticle[] = []
    let waiting = 0

    async function* batches(): AsyncGenerator<Batch> {
      for await (const item of items) {
        if ('problem' in item) {
          onProblem(item.problem)
          continue
        }
        extracted = item.read.extracted
        for (const id of item.read.placed) unplaced.delete(id)
        note(item.read)
        const kept: ReadArticle[] = []
        for (const one of articlesIn(item.read)) {
          const print = ids.known(one.article)
          if (print) kept.push(...keep(one, print))
          else unsettled.push(one)
          if (!print) waiting += one.article.text.length
        }
        if (waiting >= MOST_UNSETTLED) kept.push(...settle())
        yield batchOf(kept)
      }
      yield batchOf(settle())
      for (const correction of unplaced.values()) onProblem(noPlace(path, correction))
      if (counted.articles + reprints.length === 0) throw noArticle(path, counted.problems)
    }

    function note({ articles: [first], notes, doubts }: Read<'articles'>) {
      counted.notes.push(...notes, ...doubts.flatMap((doubt) => doubt.notes))
      if (first) kind ??= { kind: first.sourceKind, reason: first.sourceReason }
      unsure.push(...notes.slice(0, MOST_KEPT - unsure.length))
      doubted.push(...doubts.slice(0, MOST_KEPT - doubted.length))
    }

    function settle(): ReadArticle[] {
      const kept = unsettled.flatMap((one) => keep(one, ids.settled(one.article)))
      unsettled = []
      waiting = 0
      return kept
    }

    function batchOf(kept: readonly ReadArticle[]): Batch {
      const articles = kept.map(({ article }) => article)
      const passages = kept.flatMap((one) => one.passages)
      counted.articles += articles.length
      counted.passages += passages.length
      return { articles, passages }
    }

    function onProblem(problem: string) {
      counted.problems.push(problem)
    }

    /** An article under the id it keeps; nothing of one that is kept elsewhere, or above. */
    function keep({ article, passages }: ReadArticle, print: Print): ReadArticle[] {
      const { text, headline, n } = article
      const { articleId: id } = print
      const twin = ledger.twin(print.sketch, names)
      if (twin !== undefined) {
        // What was printed under it before leads to the other.
        reprints.push({ of: twin, article: { ...article, id } })
        return []
      }
      const printedBy = ledger.printedBy(id)
      const isTaken = printedBy !== undefined && !names.includes(printedBy)
      // A text too short to be known by is only the same under the same headline.
      const words = digestOfText(print.sketch.length > 0 ? text : `${headline}\n${text}`)
      const above = wordsOf.get(id)
      if (above === words) return []
      if (isTaken || above) {
        const other = isTaken ? printedBy : 'a line above'
        onProblem(`${path}:${n}: the id ${id} is that of ${other}; give each article its own.`)
        return []
      }
      wordsOf.set(id, words)
      prints.push(print)
      const also = ledger.alsoIn(id).filter((other) => other !== source)
      return [
        {
          article: { ...article, id, also },
          passages: passages.map((p) => ({ ...p, id: `${id}-${p.n}`, articleId: id })),
        },
      ]
    }

    let unembedded: Unembedded | void = undefined
    if (dryRun) for await (const _ of batches());
    else unembedded = await index.putBatches(source, batches(), looked.formerly)
    const articles = counted.articles + reprints.length
    const reading = kind && { ...kind, articles, notes: unsure, doubts: doubted }
    const held = { prints, reprints, extracted, problems: counted.problems, reading }
    return { counted, held, unembedded }
  }

  /** Each article that a source reprints, or does no more, names its sources anew. */
  async function nameSources(source: string, reprints: readonly string[]) {
    for (const articleId of new Set([...ledger.reprintsOf(source), ...reprints])) {
      const others = ledger.alsoIn(articleId).filter((other) => other !== source)
      await index.setAlso(
        articleId,
        reprints.includes(articleId) ? [...others, source].toSorted() : others,
      )
    }
  }

  async function forget(entry: Entry): Promise<Outcome> {
    if (!dryRun) await drop(entry, { index, ledger })
    return { source: entry.source, status: 'removed' }
  }
}

/** Of what the system refuses: it has too little of something just now, or cannot reach its disk. */
const PASSING =
  /^E(?:NOSPC|DQUOT|IO|STALE|ROFS|MFILE|NFILE|NOMEM|AGAIN|BUSY|TIMEDOUT|HOSTDOWN|NOTCONN)$/u

/** Whether it may be otherwise the next time with the same file. */
const mayPass = (error: unknown) =>
  error instanceof IndexUnavailableError ||
  isDamage(error) ||
  isSqlite(error) ||
  (error instanceof Error && 'code' in error && PASSING.test(String(error.code)))

/** An article with its passages. */
interface ReadArticle {
  readonly article: Article
  readonly passages: readonly Passage[]
}

/** So many doubts of a source are kept for staff to look at. */
const MOST_KEPT = 1000

/** Articles of so many characters wait for the end of their file at most. */
const MOST_UNSETTLED = 1_000_000

function articlesIn({ articles, passages }: Read<'articles'>): ReadArticle[] {
  const of = Map.groupBy(passages, ({ articleId }) => articleId)
  return articles.filter(says).map((article) => ({ article, passages: of.get(article.id) ?? [] }))
}

/** A headline without a body, or a row of stars, answers nothing. */
const says = ({ text }: Article) => /[\p{L}\p{N}]/u.test(text)

/** A file without an article is none that was read: people would look for what it says. */
function noArticle(path: string, problems: readonly string[]): Error {
  const [first] = problems
  return new Error(
    first
      ? `${path}: no article was found in it, the first fault at ${first.replace(`${path}:`, '')}`
      : `${path}: no article was found in it; \`npm run articles -- --explain\` shows what was.`,
  )
}

/** Takes files and folders out of the index, also when they are gone from the disk; they may be named as they are cited. */
export async function remove(
  paths: readonly string[],
  deps: IngestDeps,
  { dryRun = false } = {},
): Promise<Outcome[]> {
  const { ledger, report } = deps
  const outcomes: Outcome[] = []
  for (const given of paths) {
    const path = resolve(given)
    const named = ledger
      .entries()
      .filter((e) => e.path === path || e.path.startsWith(path + sep) || isNamed(e.source, given))
    for (const entry of named) {
      if (!dryRun) {
        await drop(entry, deps)
        ledger.giveKind(entry.path, null)
      }
      outcomes.push({ source: entry.source, status: 'removed' })
    }
    if (named.length === 0) {
      const error = `${given}: nothing of it is in the index; \`npm run articles\` lists what is.`
      outcomes.push({ source: given, status: 'failed', error })
    }
  }
  outcomes.forEach((outcome, i) => report?.(outcome, i + 1, outcomes.length))
  return outcomes
}

/** Whether a source is called so, or lies in a folder called so, as `articles` lists it. */
const isNamed = (source: string, given: string) =>
  source === given || source.startsWith(`${given.replace(/\/+$/u, '')}/`)

/** Takes one file out. Where a file that moved holds its name by now, only what is remembered of the old path goes. */
async function drop({ path, source }: Entry, { index, ledger }: IngestDeps) {
  if (ledger.filesOf(source).length <= 1) {
    for (const articleId of ledger.reprintsOf(source)) {
      await index.setAlso(
        articleId,
        ledger.alsoIn(articleId).filter((other) => other !== source),
      )
    }
    await index.remove([source])
  }
  ledger.remove(path)
  await noteGeneration({ index, ledger })
}

/** Later than the change itself: of what is remembered, nothing must be missing. */
async function noteGeneration({ index, ledger }: IngestDeps) {
  const generation = await index.generation?.()
  if (generation !== undefined) ledger.noteGeneration(generation)
}

const digestOfText = (text: string) => createHash('sha256').update(text).digest('base64')

const WORDS_TOLD = 50

/** What is kept, and said until it finds its place again or is taken back. */
const noPlace = (path: string, { id, what, words }: Correction) =>
  `${path}: the words “${shortened(words, WORDS_TOLD)}” stand there no more, or at several places, to which the correction ${id} (${what}) belongs; it is kept, undo it at the desk or correct anew.`

/** A file's digest with what is corrected in it, so that it is read anew when that changes. */
function withCorrections(bytes: string, corrections: readonly Correction[]): string {
  if (corrections.length === 0) return bytes
  const said = corrections.map(({ what, value, line, words, near }) => [
    what,
    value,
    line,
    words,
    near,
  ])
  return `${bytes}+${digestOfText(JSON.stringify(said))}`
}

/** Behind the digest of a file of which passages lack their vectors: it is read again by the next ingest. */
const UNEMBEDDED = '+unembedded'

export const bytesIn = (digest: string) => digest.split('+', 1)[0]!

/** Of a file's bytes, what it is read as, the reader and staff's places: a better reader reads everything anew. */
export async function digestOf(
  path: string,
  kind: SourceKind | null,
  reader = READER_VERSION,
): Promise<string> {
  const hash = createHash('sha256')
    .update(reader)
    .update(GAZETTEER_LIST.read().own)
    .update(kind ?? '')
  const file = await openFile(path)
  try {
    for await (const chunk of chunksOf(file)) hash.update(chunk)
  } finally {
    await file.handle.close()
  }
  return hash.digest('hex')
}
