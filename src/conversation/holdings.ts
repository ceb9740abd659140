import { setImmediate as nextTurn } from 'node:timers/promises'
import { chinaToday } from '../china-time.ts'
import type { PassageIndex } from '../retrieval/passage-index.ts'

/** How much there is; `newest` is when the newest article was printed, YYYY[-MM[-DD]]. */
export interface Held {
  readonly articles: number
  readonly passages: number
  readonly newest: string | null
}

export interface HoldingsDeps {
  readonly index: Pick<PassageIndex, 'state' | 'articles' | 'size'>
  readonly now?: () => number
}

/** Reading some hundred articles takes some milliseconds; then others have their turn. */
const IN_ONE_TURN = 200
/** An index that is being written to changes all the time: counting it takes a hundredth of that. */
const REST = 100

/** What an index holds, counted anew after it changed. */
export function createHoldings({ index, now = () => performance.now() }: HoldingsDeps) {
  let kept: { readonly held: Held; readonly state: string; readonly until: number } | undefined

  return {
    /** @throws IndexUnavailableError when it cannot be asked. */
    async holdings(): Promise<Held> {
      const state = await index.state()
      if (kept && (kept.state === state || now() < kept.until)) return kept.held
      const began = now()
      const held = await count()
      kept = { held, state, until: now() + (now() - began) * REST }
      return held
    },
  }

  async function count(): Promise<Held> {
    const today = chinaToday()
    let articles = 0
    let newest: string | null = null
    for await (const { date } of index.articles()) {
      if (++articles % IN_ONE_TURN === 0) await nextTurn()
      const { value } = date
      // A misprint, or a day that is only announced.
      if (value !== null && value <= today && value > (newest ?? '')) newest = value
    }
    return { articles, passages: await index.size(), newest }
  }
}

export type Holdings = ReturnType<typeof createHoldings>
