import { oneOf } from '../seeded-random.ts'
import type { Fault } from './bot-api.ts'

const FAULTS: readonly Fault[] = [
  { code: 429, retry_after: 1 },
  { code: 500 },
  { code: 502 },
  'dropped',
  'lost',
  'late',
]

/** Lets so much of all calls fail, be put off, dropped, lost or late. */
export const failing = (part: number, random: () => number) => (): Fault | undefined =>
  random() < part ? oneOf(FAULTS, random) : undefined
