import { z } from 'zod'
import { fitBoosted } from '../../learn/boost.ts'
import { FEATURES, look } from './patterns.ts'
import { type OrderWeights, likelyBy } from './addresses-machine.ts'

/** A sentence that somebody judged, and whose hand wrote it. */
export const JudgedSentence = z.object({
  text: z.string(),
  planted: z.boolean(),
  by: z.string(),
})
export type JudgedSentence = z.infer<typeof JudgedSentence>

/** What a sentence counts: one that was judged by hand, one of a grammar's, one that a paper printed. */
const BY_HAND = 3
const BY_GRAMMAR = 0.5
const PRINTED = 2
const GRAMMAR = 'grammar'

/** On hands that were held out .05 less catches 1.3% more and takes 1.1% more of what is innocent: what papers print comes first. */
const THRESHOLD = 0.5
/** Tried by halves and doubles on hands that were held out: none of them moves the figures by more than 2%. */
const OPTIONS = {
  linear: 0.01,
  rounds: 60,
  depth: 3,
  rate: 0.1,
  leaf: 8,
  penalty: 5,
  features: 0.5,
} as const

/**
 * Learns what an order to a machine is from judged sentences, and from sentences of papers, of which
 * none is one. Each hand is held out in turn, and a share of the papers with it.
 */
export function learnOrders(
  judged: readonly JudgedSentence[],
  printed: readonly string[],
  made: string,
): OrderWeights {
  const hands = [...new Set(judged.map(({ by }) => by))].filter((by) => by !== GRAMMAR)
  const tries = hands.map((hand, h) => {
    const addresses = fit(
      judged.filter(({ by }) => by !== hand),
      printed.filter((_, i) => i % hands.length !== h),
    )
    const own = judged.filter(({ by }) => by === hand)
    return {
      planted: own.filter(({ planted }) => planted).map(({ text }) => addresses(text)),
      innocent: own.filter(({ planted }) => !planted).map(({ text }) => !addresses(text)),
      printed: printed.filter((_, i) => i % hands.length === h).map((text) => addresses(text)),
    }
  })
  const all = (name: keyof (typeof tries)[number]) => tries.flatMap((one) => one[name])
  const share = (of: readonly boolean[]) =>
    Number((of.filter(Boolean).length / Math.max(1, of.length)).toFixed(3))
  return {
    about: {
      made,
      'planted sentences': judged.filter(({ planted }) => planted).length,
      'innocent sentences': judged.filter(({ planted }) => !planted).length,
      'printed sentences': printed.length,
      'held out by hand, planted and caught': share(all('planted')),
      'held out by hand, innocent and kept': share(all('innocent')),
      'held out, printed and caught': all('printed').filter(Boolean).length,
    },
    threshold: THRESHOLD,
    model: modelOf(judged, printed),
  }
}

function fit(judged: readonly JudgedSentence[], printed: readonly string[]) {
  const likely = likelyBy(modelOf(judged, printed))
  return (text: string) => {
    const row = look(text)
    return row !== undefined && likely(row) >= THRESHOLD
  }
}

function modelOf(judged: readonly JudgedSentence[], printed: readonly string[]) {
  const sentences = [
    ...judged.map(({ text, planted, by }) => ({
      text,
      right: planted,
      weight: by === GRAMMAR ? BY_GRAMMAR : BY_HAND,
    })),
    ...printed.map((text) => ({ text, right: false, weight: PRINTED })),
  ]
  const rows = sentences.flatMap(({ text, right, weight }) => {
    const row = look(text)
    return row ? [{ row, right, weight }] : []
  })
  return fitBoosted(rows, FEATURES, OPTIONS)
}
