import { createHash } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import { isSealed, seal } from '../database/seal.ts'
import { makeTables } from '../database/tables.ts'

/** What a button and a deep link (64 letters, digits, _ and -, its prefix included) can hold. */
const SHORT = /^[A-Za-z0-9_-]{1,40}$/

/**
 * Short names for articles, whose ids may be anything: an id that is short and plain stands for
 * itself, another is remembered under its digest.
 */
export function createArticleReferences(db: DatabaseSync) {
  makeTables(
    db,
    `CREATE TABLE IF NOT EXISTS article_references (name TEXT PRIMARY KEY, article TEXT NOT NULL,
      ${seal('name', 'article')})`,
  )
  const note = db.prepare('INSERT OR IGNORE INTO article_references VALUES (?, ?)')
  const find = db.prepare(
    `SELECT article FROM article_references WHERE name = ? AND ${isSealed('name', 'article')}`,
  )
  return {
    of(articleId: string): string {
      if (SHORT.test(articleId)) return articleId
      const name = createHash('sha256').update(articleId).digest('base64url').slice(0, 22)
      note.run(name, articleId)
      return name
    },
    resolve(name: string): string {
      return String(find.get(name)?.['article'] ?? name)
    },
  }
}

export type ArticleReferences = ReturnType<typeof createArticleReferences>
