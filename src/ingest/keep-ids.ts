import { createHash } from 'node:crypto'
import type { Article } from '../corpus.ts'
import { idOf } from './describe/describe.ts'
import type { Ledger, Likeness, Print } from './ledger.ts'
import { lettersOf, sketch } from './sketch.ts'

/** So many letters tell how an article begins: more than a byline and its day, which many begin with. */
const OPENING = 40

/** Gives the articles of one file the ids that they had when it was read before. */
export interface KeptIds {
  /** What is known of an article whose id is certain: its data gives it, or it has the words that it had. */
  known(article: Article): Print | undefined
  /** The same for any other, after all that are certain: of one that is alike, else its own. */
  settled(article: Article): Print
}

/** `names` are those of the file's source, now and before. */
export function keepIds(ledger: Ledger, names: readonly string[]): KeptIds {
  /** By the id that an article has of its own, so that one that is printed twice is seen to be. */
  const given = new Map<string, string>()
  const claimed = new Set<string>()
  const isFree = (id: string) => !claimed.has(id)

  return {
    known(article) {
      const likeness = likenessOf(article)
      if (likeness.words === null) return claim(article, article.id, likeness)
      const before = given.get(article.id)
      const ids =
        before === undefined ? ledger.idsOfWords(likeness, names).filter(isFree) : [before]
      const articleId = ids.find((id) => id === article.id) ?? ids[0]
      return articleId === undefined ? undefined : claim(article, articleId, likeness)
    },
    settled(article) {
      const likeness = likenessOf(article)
      const articleId =
        given.get(article.id) ?? ledger.idsAlike(likeness, names).find(isFree) ?? ownId(article)
      return claim(article, articleId, likeness)
    },
  }

  function claim(article: Article, articleId: string, likeness: Likeness): Print {
    given.set(article.id, articleId)
    claimed.add(articleId)
    return { articleId, n: article.n, ...likeness }
  }

  /** Its own id, unless an article that was here before goes on with that. */
  function ownId({ source, text, id }: Pick<Article, 'source' | 'text' | 'id'>): string {
    const by = ledger.printedBy(id)
    const isTaken = !isFree(id) || (by !== undefined && !names.includes(by))
    return isTaken ? ownId({ source, text, id: idOf(source, text + id, 0) }) : id
  }
}

function likenessOf(article: Article): Likeness {
  const { id, source, text, runs } = article
  const isOwn = id === idOf(source, text, runs[0]?.[0] ?? 0)
  const words = isOwn ? createHash('sha256').update(text).digest('base64') : null
  return { sketch: sketch(text), words, opening: lettersOf(text).slice(0, OPENING) }
}
