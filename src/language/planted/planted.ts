import type { Span } from '../../traced.ts'
import { remember } from '../remember.ts'
import { sentences } from '../sentences.ts'
import { addressesMachine, orderLikely } from './addresses-machine.ts'
import { isChinese, isEncoded, isForeign, programLines } from './no-prose.ts'

/** An order that says itself what it wants said: in quotes, or behind a colon. */
const SAYS = /[“"「『][^”"」』]{2,200}[”"」』]|[:：][^。！？\n]{4,}/u
/** What it wants said stands in the next paragraph. */
const ANNOUNCES = /(?:以下|下列|下面|如下|下述|下文)[^。！？\n]{0,60}[。！？]?$|[:：？?]$/u
/** A question says nothing: its answer does. */
const ASKS = /[？?]$/u
/** A letter to a line. */
const DOWNWARDS = /(?<=^|\n)(?:[^\S\n]*\S[^\S\n]*\n){4,}[^\S\n]*\S(?=[^\S\n]*(?:\n|$))/gu

/** Beside an order another is taken for one at this already: who plants one plants several. */
const LIKELY_BESIDE = 0.2

/**
 * What a text has that is not for its readers: orders to machines, and what no paper prints as prose. An
 * order goes with the rest of its paragraph, where what it wants said may stand, unless it says that
 * itself; with the next paragraph, where it announces that.
 */
export const plantedIn = remember((text: string): readonly Span[] => {
  const all = sentences(text)
  return united([
    ...orders(text, all),
    ...unreadable(text, all),
    ...programLines(text),
    ...downwards(text),
  ])
})

function orders(text: string, all: readonly Span[]): Span[] {
  if (!all.some(({ start, end }) => addressesMachine(text.slice(start, end)))) return []
  const found: Span[] = []
  for (const { start, end } of all) {
    const last = found.at(-1)
    const sentence = text.slice(start, end)
    if ((last && start < last.end) || orderLikely(sentence) < LIKELY_BESIDE) continue
    const rest = lineEnd(text, start)
    if (SAYS.test(sentence) && !ASKS.test(sentence)) found.push({ start, end })
    else found.push({ start, end: ANNOUNCES.test(sentence) ? lineEnd(text, rest + 1) : rest })
  }
  return found
}

function unreadable(text: string, all: readonly Span[]): readonly Span[] {
  const chinese = isChinese(text)
  return all.filter(({ start, end }) => {
    const sentence = text.slice(start, end)
    return isEncoded(sentence) || (chinese && isForeign(sentence))
  })
}

function downwards(text: string): Span[] {
  return Array.from(text.matchAll(DOWNWARDS), ({ index, 0: letters }) => ({
    start: index,
    end: index + letters.length,
  })).filter(({ start, end }) => addressesMachine(text.slice(start, end).replaceAll(/\s/gu, '')))
}

function united(spans: readonly Span[]): Span[] {
  const all: Span[] = []
  for (const span of spans.toSorted((a, b) => a.start - b.start)) {
    const last = all.at(-1)
    if (last && span.start < last.end) {
      all[all.length - 1] = { start: last.start, end: Math.max(last.end, span.end) }
    } else all.push(span)
  }
  return all
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from)
  return end < 0 ? text.length : end
}

/** A text without its orders to machines. */
export function withoutOrders(text: string): string {
  const planted = plantedIn(text)
  if (planted.length === 0) return text
  const kept = planted.map(({ start }, i) => text.slice(planted[i - 1]?.end ?? 0, start))
  return [...kept, text.slice(planted.at(-1)!.end)]
    .join('')
    .replaceAll(/\n{2,}/g, '\n')
    .trim()
}
