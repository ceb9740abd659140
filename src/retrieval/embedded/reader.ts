/** The reading side of the embedded index: reads only the blocks that a query's terms are in. */
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { snapshot } from '../../database/transaction.ts'
import type { Article, Passage } from '../../corpus.ts'
import { DamageError } from '../../database/errors.ts'
import { type Bm25Settings, idf } from '../bm25.ts'
import { createDenseReader } from '../dense-blocks.ts'
import { nearest } from '../dense-scan.ts'
import { fuseHits } from '../fuse.ts'
import type { Found, Hit, IndexQuery, Rarities, WeightedTerm } from '../passage-index.ts'
import { PassageTable, readTable } from './passage-table.ts'
import { asWritten, bytes, integer, type Row, sealed, string } from './rows.ts'
import { ARTICLE, BLOCK, META, PASSAGE, SEGMENT } from './file.ts'
import { scorePassages } from './score-passages.ts'
import { aligned, blockId, blockOf, findInBlock, mergePostings, type Postings } from './segment.ts'
import { termKey } from './term-key.ts'

const BLOCK_CACHE_BYTES = 32 << 20
const MOST_COUNTS = 10_000
/** So many passages are kept as they were read: about 10 MB. */
const MOST_PASSAGES = 4096
/** How far down each ranking fusion looks, at least. */
const FUSION_DEPTH = 100
/** How many of the nearest passages are tried against a filter: each costs a row to read. */
const FILTERED_DEPTH = 2_000

export interface IndexReader {
  identity(): string
  /** Grows with every change. */
  generation(): number
  search(query: IndexQuery, limit: number): Found
  passages(articleId: string): Passage[]
  size(): number
  articleIds(): string[]
  articles(): AsyncIterable<Article>
  article(id: string): Article | undefined
}

/** A hit that knows the number of its passage. */
interface NumberedHit extends Hit {
  readonly number: number
}

/** Reads over a connection; every search sees one state, also while another connection writes. */
export function createReader(db: DatabaseSync, settings: Bm25Settings, model = ''): IndexReader {
  const dense = createDenseReader(db, model)
  const statements = new Map<string, StatementSync>()
  const sql = (text: string) => {
    const known = statements.get(text)
    if (known) return known
    const statement = db.prepare(text)
    statements.set(text, statement)
    return statement
  }
  let generation = ''
  let table = new PassageTable([])
  let segments: { id: number; firsts: Float64Array }[] = []
  const blocks = new Map<number, Uint8Array>()
  let cached = 0
  /** Passages by number: numbers are never given twice, so what was read stays as it is. */
  const read = new Map<number, Passage>()
  /** In how many passages the terms of the last searches stand. */
  const counts = new Map<string, number>()

  const meta = (name: string) =>
    string(
      sealed(sql(`SELECT value, ${asWritten(...META)} FROM meta WHERE name = ?`).get(name)),
      'value',
    )

  return {
    identity: () => meta('identity'),
    generation: () => Number(meta('generation')),
    search,
    passages,
    size: () => inOneState(() => table.size),
    articleIds,
    articles,
    article,
  }

  function search(query: IndexQuery, limit: number): Found {
    return inOneState(() => ({ hits: ranked(query, limit), rarities: raritiesOf(query.terms) }))
  }

  function ranked(query: IndexQuery, limit: number): Hit[] {
    const near = query.vector && dense.scores(query.vector, table.end)
    if (!near) return lexical(query, limit)
    const depth = Math.max(limit, FUSION_DEPTH)
    const [byTerms, byVector] = [lexical(query, depth), semantic(near, query, depth)]
    return fuseHits(byTerms, byVector, ({ number }) => number, limit)
  }

  function lexical({ terms, articles: ids }: IndexQuery, limit: number): NumberedHit[] {
    const weights = new Map<string, number>()
    for (const { term, weight } of terms) {
      weights.set(term, Math.max(weight, weights.get(term) ?? 0))
    }
    const lists = [...weights].map(([term, weight]) => ({ weight, postings: postingsOf(term) }))
    const agrees = agreeing(ids)
    const hits: NumberedHit[] = []
    for (const { passage: number, score, parts } of scorePassages(lists, table, settings)) {
      if (hits.length >= limit) break
      const found = agrees(number)
      if (found) hits.push({ number, score, parts, passage: found })
    }
    return hits
  }

  function semantic(
    near: Float32Array,
    { articles: ids }: IndexQuery,
    limit: number,
  ): NumberedHit[] {
    const agrees = agreeing(ids)
    const hits: NumberedHit[] = []
    let tried = 0
    for (const number of nearest(near)) {
      if (hits.length >= limit || tried++ >= FILTERED_DEPTH) break
      const found = agrees(number)
      if (found) hits.push({ number, score: near[number]!, parts: {}, passage: found })
    }
    return hits
  }

  /** What reads a passage by its number if it agrees; others need not be read. */
  function agreeing(ids: IndexQuery['articles']) {
    const within = ids && new Set(ids.flatMap(numbersOf))
    return (number: number): Passage | undefined =>
      within && !within.has(number) ? undefined : passage(number)
  }

  function numbersOf(articleId: string): number[] {
    const rows = sql('SELECT id FROM passages WHERE article = ? ORDER BY id').all(articleId)
    return rows.map((row) => integer(row, 'id'))
  }

  function raritiesOf(terms: readonly WeightedTerm[]): Rarities {
    const of = new Map<string, number>()
    for (const { term } of terms) {
      const containing = counts.get(term) ?? postingsOf(term).passages.length
      if (containing > 0) of.set(term, idf(table.size, containing))
    }
    return { of, nowhere: idf(table.size, 0) }
  }

  function passages(articleId: string): Passage[] {
    return inOneState(() => {
      const numbers = numbersOf(articleId)
      if (numbers.length === 0 && isKnown(articleId)) throw missing(articleId)
      return numbers.map(passage).toSorted((a, b) => a.n - b.n)
    })
  }

  function articleIds(): string[] {
    return sql('SELECT key FROM articles')
      .all()
      .map((row) => string(row, 'key'))
  }

  async function* articles(): AsyncGenerator<Article> {
    const ids = sql(
      'SELECT a.id FROM articles a JOIN sources s ON s.id = a.source ORDER BY s.path, a.n, a.id',
    ).all()
    for (const row of ids) {
      const found = sql(`SELECT json, ${asWritten(...ARTICLE)} FROM articles WHERE id = ?`).get(
        integer(row, 'id'),
      )
      if (found) yield readArticle(found)
    }
  }

  function article(id: string): Article | undefined {
    const row = sql(`SELECT json, ${asWritten(...ARTICLE)} FROM articles WHERE key = ?`).get(id)
    if (!row && sql('SELECT 1 FROM passages WHERE article = ?').get(id)) throw missing(id)
    return row && readArticle(row)
  }

  /** Whether something else than its passages says that an article is there. */
  function isKnown(articleId: string): boolean {
    return (
      sql('SELECT 1 FROM articles WHERE key = ?').get(articleId) !== undefined ||
      [...read].some(([number, one]) => one.articleId === articleId && table.alive(number))
    )
  }

  /** An article has passages, its head at least: where only one of the two is found, what finds the other is damaged. */
  function missing(articleId: string): DamageError {
    return new DamageError(`Article ${articleId} is in the index in part`)
  }

  /** All reads of one search are of one state. */
  function inOneState<T>(look: () => T): T {
    return snapshot(db, () => {
      refresh()
      return look()
    })
  }

  function refresh() {
    const now = meta('generation')
    if (now === generation) return
    generation = now
    table = readTable(db)
    dense.refresh()
    segments = sql(`SELECT *, ${asWritten(...SEGMENT)} FROM segments ORDER BY id`)
      .all()
      .map(sealed)
      .map((row) => ({ id: integer(row, 'id'), firsts: toFloats(bytes(row, 'firsts')) }))
    counts.clear()
    blocks.clear()
    cached = 0
  }

  function postingsOf(term: string): Postings {
    const key = termKey(term)
    const lists: Postings[] = []
    for (const { id, firsts } of segments) {
      const at = blockOf(firsts, key)
      if (at < 0) continue
      const found = findInBlock(block(blockId(id, at)), key)
      if (found.passages.length > 0) lists.push(found)
    }
    const merged = mergePostings(lists, (number) => table.alive(number))
    if (counts.size >= MOST_COUNTS) counts.clear()
    counts.set(term, merged.passages.length)
    return merged
  }

  function block(id: number): Uint8Array {
    const known = blocks.get(id)
    if (known) return known
    const row = sql(`SELECT data, ${asWritten(...BLOCK)} FROM blocks WHERE id = ?`).get(id)
    const data = aligned(bytes(sealed(row), 'data'))
    if (cached + data.length > BLOCK_CACHE_BYTES) {
      blocks.clear()
      cached = 0
    }
    blocks.set(id, data)
    cached += data.length
    return data
  }

  function passage(number: number): Passage {
    const known = read.get(number)
    if (known) return known
    const row = sql(`SELECT json, ${asWritten(...PASSAGE)} FROM passages WHERE id = ?`).get(number)
    const fresh = readPassage(row)
    if (read.size >= MOST_PASSAGES) read.delete(read.keys().next().value!)
    read.set(number, fresh)
    return fresh
  }
}

function readPassage(row: Row): Passage {
  const passage: Passage = JSON.parse(string(sealed(row), 'json'))
  return passage
}

function readArticle(row: Row): Article {
  const article: Omit<Article, 'runs' | 'repairs'> = JSON.parse(string(sealed(row), 'json'))
  // Those of an older index have neither.
  return { runs: [], repairs: [], ...article }
}

const toFloats = (blob: Uint8Array) => new Float64Array(blob.slice().buffer)
