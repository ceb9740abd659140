import { isDamage } from '../database/errors.ts'
import type { Article } from '../corpus.ts'
import type { PassageIndex } from '../retrieval/passage-index.ts'
import type { OpenIndex } from './open-index.ts'

/**
 * An index that is opened again when damage to it is met while it serves: opening finds the damage and
 * makes it anew, and whoever asked waits and is answered by the new one. Where that fails, so does the
 * question, and the next one tries again.
 */
export function mendingIndex(opened: OpenIndex, reopen: () => Promise<OpenIndex>): OpenIndex {
  let current = opened
  /** False from when it was closed to be mended until it could be opened again. */
  let isOpen = true
  let mending: Promise<void> | undefined

  const mend = () => (mending ??= openAnew().finally(() => (mending = undefined)))

  async function openAnew() {
    // What is damaged may not even close.
    if (isOpen) await current.close().catch(() => {})
    isOpen = false
    current = await reopen()
    isOpen = true
  }

  async function mended<T>(call: (index: PassageIndex) => Promise<T>): Promise<T> {
    await (isOpen ? mending : mend())
    const asked = current
    try {
      return await call(asked.index)
    } catch (error) {
      if (!isDamage(error)) throw error
      if (asked === current) await mend()
      return call(current.index)
    }
  }

  async function* articles(): AsyncGenerator<Article> {
    try {
      yield* current.index.articles()
    } catch (error) {
      // Those that were given already cannot be taken back.
      if (isDamage(error)) await mended(() => Promise.reject(error))
      throw error
    }
  }

  const { embedQuestion } = opened
  return {
    ...opened,
    index: {
      ...opened.index,
      identity: () => mended((index) => index.identity()),
      ...(opened.index.generation && { generation: () => mended((index) => index.generation!()) }),
      search: (query, limit) => mended((index) => index.search(query, limit)),
      passages: (articleId) => mended((index) => index.passages(articleId)),
      state: () => mended((index) => index.state()),
      size: () => mended((index) => index.size()),
      articleIds: () => mended((index) => index.articleIds()),
      article: (id) => mended((index) => index.article(id)),
      articles,
    },
    embedQuestion:
      embedQuestion &&
      (async (question) =>
        (await current.embedQuestion?.(question)) ?? { degraded: 'The endpoint is gone.' }),
    close: async () => {
      if (isOpen) await current.close()
    },
  }
}
