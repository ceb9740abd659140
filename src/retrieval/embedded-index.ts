/**
 * The index on a fresh machine: one SQLite file, read where the query's terms are and nowhere else.
 *
 * A source's passages have numbers in a row, given once and never again. What is gone is whatever no
 * source claims, so removing one is removing its row; its postings fall out when segments merge.
 * One transaction a source: whoever reads, in this process or another, sees the old or the new.
 */
import { statSync } from 'node:fs'
import { DamageError } from '../database/errors.ts'
import { BM25, type Bm25Settings } from './bm25.ts'
import { connect, openFile } from './embedded/file.ts'
import { createReader } from './embedded/reader.ts'
import { createWriter, type IndexWriter } from './embedded/writer.ts'
import { oneAtATime } from './one-at-a-time.ts'
import type { PassageIndex, RememberedIndex } from './passage-index.ts'

export interface EmbeddedIndexOptions {
  /** Told in one sentence when the file was unusable and the index starts empty. */
  readonly onNotice?: (notice: string) => void
  readonly bm25?: Bm25Settings
  /** Names the model and dimensions of the vectors that are put and searched; another's are not looked at. */
  readonly embedding?: string
  /** What ingest remembers of it, so that changes that were lost are missed. */
  readonly remembered?: RememberedIndex | undefined
}

/**
 * Opens the index in a file, or makes an empty one when there is none, or when what is there is from
 * an older version, damaged (kept beside, as `.damaged`), or another program's (`.other`).
 * @throws Error when the file can be neither read nor made.
 */
export function openEmbeddedIndex(
  file: string,
  { onNotice = () => {}, bm25 = BM25, embedding, remembered }: EmbeddedIndexOptions = {},
): PassageIndex {
  const db = openFile(file, onNotice, remembered)
  const opened = fileAt(file)
  const reader = createReader(db, bm25, embedding)
  /** Where another process found it damaged, this one would go on with what was set aside. */
  const reading = () => {
    if (fileAt(file) !== opened) throw new DamageError(`${file} is another file by now`)
    return reader
  }
  // Only whoever writes needs a second connection; readers go on seeing the state before.
  let writer: IndexWriter | undefined
  const writing = () => (writer ??= createWriter(connect(file), embedding))
  // A connection has one transaction at a time.
  const inTurn = oneAtATime()

  return {
    // To an index of another model nothing was put yet, for whoever remembers.
    identity: async () => [reader.identity(), ...(embedding ? [embedding] : [])].join(' '),
    generation: async () => reader.generation(),
    put: (source, articles, passages) =>
      inTurn(() => writing().put(source, [{ articles, passages }])),
    putBatches: (source, batches, before) => inTurn(() => writing().put(source, batches, before)),
    remove: (sources) => inTurn(() => writing().remove(sources)),
    setAlso: (articleId, also) => inTurn(() => writing().setAlso(articleId, also)),
    search: async (query, limit) => reading().search(query, limit),
    passages: async (articleId) => reading().passages(articleId),
    state: async () => `${reading().identity()} ${reader.generation()}`,
    size: async () => reading().size(),
    articleIds: async () => reading().articleIds(),
    articles: () => reading().articles(),
    article: async (id) => reading().article(id),
    async close() {
      await inTurn(async () => writer?.close())
      db.close()
    },
  }
}

/** Which file stands at a path now. */
const fileAt = (path: string) => statSync(path, { throwIfNoEntry: false })?.ino
