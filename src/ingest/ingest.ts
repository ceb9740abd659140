import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { resolve, sep } from 'node:path'
import type { PassageIndex } from '../retrieval/passage-index.ts'
import { type FoundFile, findFiles } from './find-files.ts'
import type { Entry, Ledger } from './ledger.ts'
import { READER_VERSION, readArticles } from './read-articles.ts'

/** What became of one file. */
export type Outcome =
  | {
      readonly source: string
      readonly status: 'new' | 'changed' | 'moved'
      readonly articles: number
      readonly passages: number
      readonly notes: readonly string[]
    }
  | { readonly source: string; readonly status: 'unchanged' | 'removed' }
  | { readonly source: string; readonly status: 'failed'; readonly error: string }

export interface IngestDeps {
  readonly index: PassageIndex
  readonly ledger: Ledger
  /** Told of every file as soon as it is done, and how many there are. */
  readonly report?: (outcome: Outcome, done: number, total: number) => void
}

/**
 * Reads files and folders into the index: only what is new or changed; what is gone from a folder
 * goes from the index too. One file that cannot be read does not stop the others, and keeps what
 * was read of it before. A file is in the ledger only after it is in the index, so the next run
 * makes whole what a killed one left.
 */
export async function ingest(
  paths: readonly string[],
  { index, ledger, report }: IngestDeps,
  { dryRun = false } = {},
): Promise<Outcome[]> {
  const found = await findFiles(paths)
  const identity = await index.identity()
  const known = new Map(ledger.entries(identity).map((entry) => [entry.path, entry]))
  const gone = [...known.values()].filter(({ path }) => found.lookedFor(path) && !existsSync(path))
  const outcomes: Outcome[] = []
  const total = found.problems.length + found.files.length + gone.length
  const tell = (outcome: Outcome) => {
    outcomes.push(outcome)
    report?.(outcome, outcomes.length, total)
  }

  for (const { path, error } of found.problems) tell({ source: path, status: 'failed', error })
  for (const file of found.files) tell(await ingestFile(file))
  for (const entry of gone) tell(await forget(entry))
  return outcomes

  async function ingestFile({ path, source }: FoundFile): Promise<Outcome> {
    try {
      const digest = await digestOf(path)
      const before = known.get(path)
      if (before?.digest === digest && before.source === source)
        return { source, status: 'unchanged' }
      refuseTwins(path, source)
      const counted = await read(path, source)
      const entry = { path, source, digest, index: identity }
      known.set(path, entry)
      if (!dryRun) {
        if (before && before.source !== source) await index.remove([before.source])
        ledger.put(entry)
      }
      const moved = gone.some((other) => other.digest === digest)
      return { source, status: before ? 'changed' : moved ? 'moved' : 'new', ...counted }
    } catch (error) {
      return {
        source,
        status: 'failed',
        error: error instanceof Error ? error.message : String(error),
      }
    }
  }

  /** A source's name is what a citation shows: two files must not share one. */
  function refuseTwins(path: string, source: string) {
    const twin = [...known.values()].find((entry) => entry.source === source && entry.path !== path)
    if (twin && existsSync(twin.path)) {
      throw new Error(
        `${path}: ${twin.path} is read under the same name, ${source}; ingest the folder that holds both.`,
      )
    }
  }

  /** Reads a file's articles into the index in one go; of a dry run, only counts them. */
  async function read(path: string, source: string) {
    const counted = { articles: 0, passages: 0, notes: [] as string[] }
    async function* batches() {
      for await (const batch of readArticles(path, source)) {
        counted.articles += batch.articles.length
        counted.passages += batch.passages.length
        counted.notes.push(...batch.notes)
        yield batch
      }
    }
    if (dryRun) for await (const _ of batches());
    else await index.put(source, batches())
    return counted
  }

  async function forget(entry: Entry): Promise<Outcome> {
    // A file that moved within its folder may hold the name by now.
    const held = [...known.values()].some(
      ({ source, path }) => source === entry.source && path !== entry.path,
    )
    if (!dryRun) await drop(entry, held ? [] : [entry.source], { index, ledger })
    return { source: entry.source, status: 'removed' }
  }
}

/** Takes files and folders out of the index, also when they are gone from the disk; a file may be named as it is cited. */
export async function remove(
  paths: readonly string[],
  { index, ledger, report }: IngestDeps,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  const entries = ledger.entries(await index.identity())
  for (const given of paths) {
    const path = resolve(given)
    const named = entries.filter(
      (e) => e.path === path || e.path.startsWith(path + sep) || e.source === given,
    )
    for (const entry of named) {
      await drop(entry, [entry.source], { index, ledger })
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

async function drop({ path }: Entry, sources: readonly string[], { index, ledger }: IngestDeps) {
  if (sources.length > 0) await index.remove(sources)
  ledger.remove(path)
}

/** Of a file's bytes and of the reader: a better reader reads everything anew. */
async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256').update(READER_VERSION)
  for await (const chunk of createReadStream(path)) hash.update(chunk)
  return hash.digest('hex')
}
