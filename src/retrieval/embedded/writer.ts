/** The writing side of the embedded index: one transaction a source, segments merged as they grow. */
import type { DatabaseSync } from 'node:sqlite'
import { isSealed } from '../../database/seal.ts'
import { longTransaction } from '../../database/transaction.ts'
import { countTerms, type TermCounts } from '../count-terms.ts'
import { createDenseWriter } from '../dense-blocks.ts'
import type { Batch } from '../passage-index.ts'
import { PassageTable, type Norms, SOURCE } from './passage-table.ts'
import { asWritten, bytes, integer, sealed, string } from './rows.ts'
import { ARTICLE, BLOCK, META, SEGMENT } from './file.ts'
import {
  blockEntries,
  blockId,
  mergeEntries,
  packCounts,
  SegmentBuilder,
  toBlocks,
  type Postings,
} from './segment.ts'

/** Postings held in memory before they are written as a segment: about 40 MB. */
const SEGMENT_POSTINGS = 4_000_000
/** As many segments of like size are merged into one. */
const MERGE_FACTOR = 16

export interface IndexWriter {
  put(
    source: string,
    batches: AsyncIterable<Batch> | Iterable<Batch>,
    before?: readonly string[],
  ): Promise<void>
  remove(sources: readonly string[]): Promise<void>
  setAlso(articleId: string, also: readonly string[]): Promise<void>
  close(): void
}

/** Writes over a connection that nobody else uses; one call at a time. Vectors are kept as `model`'s. */
export function createWriter(db: DatabaseSync, model = ''): IndexWriter {
  const dense = createDenseWriter(db, model)
  const sql = (text: string) => db.prepare(text)
  const insertArticle = sql('INSERT INTO articles (source, n, key, json) VALUES (?, ?, ?, ?)')
  const insertPassage = sql('INSERT INTO passages VALUES (?, ?, ?)')
  const insertSource = sql('INSERT INTO sources VALUES (?, ?, ?)')
  const insertBlock = sql('INSERT INTO blocks VALUES (?, ?)')
  const insertSegment = sql('INSERT INTO segments VALUES (?, ?, ?, ?)')
  const sourceOf = sql(
    `SELECT id, length(norms) AS bytes, ${asWritten(...SOURCE)} FROM sources WHERE path = ?`,
  )
  const updateAlso = sql(
    // A row that is damaged would be sealed as it is.
    `UPDATE articles SET json = json_set(json, '$.also', json(?))
     WHERE key = ? AND ${isSealed(...ARTICLE)}`,
  )
  const deletePassages = sql('DELETE FROM passages WHERE id >= ? AND id < ?')
  const deleteArticles = sql('DELETE FROM articles WHERE source = ?')
  const deleteSource = sql('DELETE FROM sources WHERE id = ?')
  const deleteBlocks = sql('DELETE FROM blocks WHERE id >= ? AND id < ?')
  const deleteSegment = sql('DELETE FROM segments WHERE id = ?')
  const sourcesFrom = sql(
    `SELECT id, length(norms) AS bytes, ${asWritten(...SOURCE)} FROM sources WHERE id >= ?`,
  )
  const readMeta = sql(`SELECT value, ${asWritten(...META)} FROM meta WHERE name = ?`)
  const writeMeta = sql('UPDATE meta SET value = ? WHERE name = ?')
  const counter = (name: string) => Number(string(sealed(readMeta.get(name)), 'value'))

  return { put, remove, setAlso, close: () => db.close() }

  async function put(
    source: string,
    batches: AsyncIterable<Batch> | Iterable<Batch>,
    before: readonly string[] = [],
  ) {
    await transaction(async () => {
      for (const name of new Set([source, ...before])) drop(name)
      const first = counter('next')
      const norms: Norms[] = []
      dense.begin()
      let builder = new SegmentBuilder()
      let article = 0
      for await (const batch of batches) {
        const articleOf = new Map<string, number>()
        for (const a of batch.articles) {
          articleOf.set(a.id, article++)
          insertArticle.run(first, a.n, a.id, JSON.stringify(a))
        }
        for (const [i, passage] of batch.passages.entries()) {
          const number = first + norms.length
          insertPassage.run(number, passage.articleId, JSON.stringify(passage))
          const { terms, length } = countTerms(passage)
          norms.push({ article: articleOf.get(passage.articleId) ?? article++, length })
          builder.add(number, packed(terms))
          dense.push(number, batch.vectors?.[i])
        }
        if (builder.size < SEGMENT_POSTINGS) continue
        writeSegment(builder.entries(), first)
        builder = new SegmentBuilder()
      }
      if (builder.size > 0) writeSegment(builder.entries(), first)
      dense.flush()
      insertSource.run(first, source, PassageTable.encode(norms))
      // A source without passages still takes a number: it is its row's id too.
      writeMeta.run(String(first + Math.max(norms.length, 1)), 'next')
      mergeSegments()
    })
  }

  async function remove(sources: readonly string[]) {
    await transaction(async () => {
      for (const source of sources) drop(source)
    })
  }

  async function setAlso(articleId: string, also: readonly string[]) {
    await transaction(async () => void updateAlso.run(JSON.stringify(also), articleId))
  }

  async function transaction(work: () => Promise<void>) {
    await longTransaction(db, async () => {
      await work()
      writeMeta.run(String(counter('generation') + 1), 'generation')
    })
  }

  function drop(source: string) {
    const row = sourceOf.get(source)
    if (!row) return
    const id = integer(sealed(row), 'id')
    const end = id + PassageTable.countOf(integer(row, 'bytes'))
    deletePassages.run(id, end)
    dense.drop(id, end)
    deleteArticles.run(id)
    deleteSource.run(id)
  }

  /** `lowest` is the id of the lowest source in it. */
  function writeSegment(entries: Iterable<[key: number, Postings]>, lowest: number) {
    const id = integer(sql('SELECT coalesce(max(id), 0) + 1 AS id FROM segments').get(), 'id')
    const firsts: number[] = []
    let postings = 0
    for (const { first, data } of toBlocks(counted(entries, (n) => (postings += n)))) {
      insertBlock.run(blockId(id, firsts.length), data)
      firsts.push(first)
    }
    if (firsts.length === 0) return
    insertSegment.run(id, postings, lowest, toBlob(Float64Array.from(firsts)))
  }

  /** Keeps segments few: each posting is rewritten once for every time the index grows sixteenfold. */
  function mergeSegments() {
    for (;;) {
      const rows = sql(`SELECT *, ${asWritten(...SEGMENT)} FROM segments`)
        .all()
        .map(sealed)
      const levels = Map.groupBy(rows, (row) => level(integer(row, 'postings')))
      const full = [...levels.values()].find((same) => same.length >= MERGE_FACTOR)
      if (!full) return
      const ids = full.map((row) => integer(row, 'id'))
      const lowest = Math.min(...full.map((row) => integer(row, 'lowest')))
      writeSegment(mergeEntries(ids.map(segmentEntries), aliveFrom(lowest)), lowest)
      for (const id of ids) {
        deleteBlocks.run(blockId(id, 0), blockId(id + 1, 0))
        deleteSegment.run(id)
      }
    }
  }

  /** Which passages are there, of those numbered from `lowest` on: a small merge reads few sources. */
  function aliveFrom(lowest: number): (passage: number) => boolean {
    const alive = new Uint8Array(Math.max(counter('next') - lowest, 0))
    for (const row of sourcesFrom.iterate(lowest)) {
      const first = integer(sealed(row), 'id') - lowest
      alive.fill(1, first, first + PassageTable.countOf(integer(row, 'bytes')))
    }
    return (passage) => alive[passage - lowest] === 1
  }

  function* segmentEntries(id: number): Generator<[key: number, Postings]> {
    const next = sql(
      `SELECT *, ${asWritten(...BLOCK)} FROM blocks WHERE id >= ? AND id < ? ORDER BY id LIMIT 1`,
    )
    let from = blockId(id, 0)
    for (;;) {
      const row = next.get(from, blockId(id + 1, 0))
      if (!row) return
      yield* blockEntries(bytes(sealed(row), 'data'))
      from = integer(row, 'id') + 1
    }
  }
}

const packed = (terms: TermCounts['terms']) =>
  new Map([...terms].map(([term, counts]) => [term, packCounts(counts)]))

const level = (postings: number) => Math.floor(Math.log(postings) / Math.log(MERGE_FACTOR))

const toBlob = (numbers: Float64Array) => new Uint8Array(numbers.buffer)

function* counted(
  entries: Iterable<[key: number, Postings]>,
  count: (postings: number) => void,
): Generator<[key: number, Postings]> {
  for (const entry of entries) {
    count(entry[1].passages.length)
    yield entry
  }
}
