import { z } from 'zod'
import { decoder, learnChain } from '../../learn/chain.ts'
import type { Chain, Row } from '../../learn/chain.ts'
import { trace } from '../../traced.ts'
import { repairCharacters } from '../repair/repair-characters.ts'
import { unfoldColumns } from './unfold-columns.ts'
import { certainLabels, LABELS } from './label.ts'
import type { Label } from './label.ts'
import { linksOf, VOCABULARY } from './label-lines.ts'
import { readPage } from './page.ts'
import type { Page } from './page.ts'

/** A page whose lines a person, or who made it, has named: where each begins, and what it is. */
export const MarkedPage = z.object({
  text: z.string(),
  marks: z.array(z.tuple([z.number(), z.enum(LABELS)])),
  /** What its mistakes count. */
  weight: z.number().positive().default(1),
})
export type MarkedPage = z.infer<typeof MarkedPage>

/** Of so many pages one is held out to see how well the others teach. */
const HELD_OUT = 5

/** Learns what lines are from marked pages. */
export function learnLines(pages: readonly MarkedPage[]): Chain {
  const rows = pages.flatMap((page) => rowOf(page) ?? [])
  return learnChain(rows, VOCABULARY, costOf)
}

/** The share of lines named rightly on pages that were held out, and how many they are. */
export function scoreHeldOut(pages: readonly MarkedPage[]): { right: number; lines: number } {
  const decode = decoder(learnLines(pages.filter((_, i) => i % HELD_OUT !== 0)), VOCABULARY)
  const rows = pages.flatMap((page, i) => (i % HELD_OUT === 0 ? (rowOf(page) ?? []) : []))
  const named = rows.flatMap((row) => decode(row.links).map((name, i) => name === row.right[i]))
  return { right: named.filter(Boolean).length / named.length, lines: named.length }
}

/** What mistaking a line costs: one article for two, a headline for text, or only a paragraph. */
function costOf(right: number, found: number): number {
  if (right === found) return 0
  if (right === LEAD || found === LEAD) return LEAD_COST
  return isText(right) === isText(found) ? 1 : TEXT_COST
}

const LEAD_COST = 3
const TEXT_COST = 2
const LEAD = LABELS.indexOf('lead')
const isText = (label: number) => ['begin', 'on', 'caption', 'caption on'].includes(LABELS[label]!)

function rowOf(page: MarkedPage): Row | undefined {
  const { read, right } = readMarked(page)
  if (right.length === 0) return undefined
  const { weight } = page
  return { links: linksOf(read), right: right.map((label) => LABELS.indexOf(label)), weight }
}

/** A page as read, and the right label of each of its lines. */
function readMarked({ text, marks }: MarkedPage): { read: Page; right: Label[] } {
  const columns = unfoldColumns(text)
  const source = columns?.text ?? text
  const read = readPage(repairCharacters(trace(source)).text, source)
  const certain = certainLabels(read)
  const sorted = marks.toSorted(([a], [b]) => a - b)
  const right = read.lines.map((line, i): Label => {
    const first = line.text.origin[0]!
    const at = columns ? columns.origin[first]! : first
    return certain[i] ?? sorted.findLast(([from]) => from <= at)?.[1] ?? 'on'
  })
  return { read, right }
}
