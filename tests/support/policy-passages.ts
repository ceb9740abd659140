import { readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Passage } from '../../src/corpus.ts'
import { readArticles } from '../../src/ingest/read-articles.ts'

const SEEDS = fileURLToPath(new URL('../../seeds/', import.meta.url))

/**
 * The passages of the project's own texts, by article, in reading order; and of the .jsonl that the
 * environment variable WENCE_BENCH names, for trying a bigger corpus by hand.
 */
export async function policyPassages(): Promise<Passage[][]> {
  const files = readdirSync(SEEDS)
    .toSorted()
    .map((name) => join(SEEDS, name))
  const bench = process.env['WENCE_BENCH']
  const articles: Passage[][] = []
  for (const path of bench ? [...files, bench] : files)
    for await (const read of readArticles(path, basename(path), () => undefined))
      articles.push(...Map.groupBy(read.passages, ({ articleId }) => articleId).values())
  return articles
}
