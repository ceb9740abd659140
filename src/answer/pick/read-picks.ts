import { z } from 'zod'
import { fold, unfold } from '../../language/fold.ts'
import { type Part, type Written, createJsonReader, readJson } from '../model/read-json.ts'
import type { Picks } from '../picks.ts'
import { numbersIn } from './numbers.ts'

type Status = Picks['status']
const Status = z.enum(['answered', 'partial', 'not_found'])

/** The schema `answer` of the contract. */
export const PicksSchema = z.object({
  status: Status,
  statements: z.array(z.array(z.int())),
  missing: z.array(z.string()),
  premise: z.array(z.int()).nullable(),
})

export interface ReadPicksDeps {
  /** The numbers that the model was sent; it can choose no others. */
  readonly sent: ReadonlySet<number>
  /** The question in the asker's words and made whole: `missing` can only repeat them. */
  readonly asked: readonly string[]
}

/**
 * Reads what a model wrote as picks, however it wrote them; undefined when it is no answer. One without
 * a sentence has found nothing when it says what is missing.
 */
export function readPicks(written: string, { sent, asked }: ReadPicksDeps): Picks | undefined {
  const parts = readJson(written, Object.keys(PicksSchema.shape)) ?? onlyNumbers(written)
  const lists = createLists(sent)
  for (const part of parts) lists.add(part)
  const told = lists.all()
  const premise = [...new Set(valuesOf('premise', parts).flatMap((v) => numbersIn(v, sent)))]
  const missing = missingOf(valuesOf('missing', parts), asked)
  const status = statusOf(parts) ?? (told.length > 0 ? 'answered' : undefined)
  if (!status) return undefined
  // What corrects the question answers it, where nothing else does.
  const statements = told.length > 0 || premise.length === 0 ? told : [premise]
  if (status === 'not_found' || (statements.length === 0 && missing.length > 0)) {
    return { status: 'not_found', statements: [], missing, premise: null }
  }
  return {
    status: missing.length > 0 ? 'partial' : status,
    statements,
    missing,
    premise: premise.length > 0 ? premise : null,
  }
}

/**
 * Tells the lists of an answer while it comes in, each once it is closed and the answer is known to be
 * one. They are the first of those that `readPicks` gives for the whole.
 */
export function createPickStream(
  sent: ReadonlySet<number>,
  onPick: (pieces: readonly number[]) => void,
): (text: string) => void {
  const lists = createLists(sent)
  let status: Status | undefined
  let told = 0
  return createJsonReader((...part) => {
    status ??= statusOf([part])
    lists.add(part)
    if (!status || status === 'not_found') return
    for (const list of lists.closed.slice(told)) onPick(list)
    told = lists.closed.length
  })
}

/** Gathers statements: a list for each list, one for what stands side by side without; no number twice. */
function createLists(sent: ReadonlySet<number>) {
  const closed: number[][] = []
  const used = new Set<number>()
  let loose: number[] = []
  const close = (list: number[]) => {
    if (list.length > 0) closed.push(list)
  }
  const flush = () => {
    close(loose)
    loose = []
  }
  return {
    closed: closed as readonly (readonly number[])[],
    add([key, value]: Part) {
      if (key !== 'statements') return
      const fresh = numbersIn(value, sent).filter((n) => !used.has(n) && used.add(n))
      if (typeof value === 'string') loose.push(...fresh)
      else {
        flush()
        close(fresh)
      }
    },
    all() {
      flush()
      return closed
    },
  }
}

function statusOf(parts: readonly Part[]): Status | undefined {
  return valuesOf('status', parts).flatMap((value) => Status.safeParse(value).data ?? [])[0]
}

function valuesOf(key: keyof Picks, parts: readonly Part[]): Written[] {
  return parts.filter(([of]) => of === key).map(([, value]) => value)
}

/** Stretches of the question, as it has them, none within another; a single character names nothing. */
function missingOf(values: readonly Written[], asked: readonly string[]): string[] {
  const questions = asked.map((question) => ({ question, folded: fold(question) }))
  const found: string[] = []
  for (const value of values) {
    const item = typeof value === 'string' ? fold(value).text : ''
    const has = item.length > 1 && questions.find(({ folded }) => folded.text.includes(item))
    if (!has) continue
    const at = has.folded.text.indexOf(item)
    const { start, end } = unfold(has.folded, at, at + item.length)
    const stretch = has.question.slice(start, end)
    if (found.every((f) => !f.includes(stretch) && !stretch.includes(f))) found.push(stretch)
  }
  return found
}

/** Numbers in brackets in one place, with no more beside them than a label. */
const ONLY_NUMBERS = /^[^\d[\]]{0,12}(\[[\d\s[\],，、-]*\])[^\d[\]]{0,2}$/u

/** The statements of an answer that has nothing but numbers: `[3][4][9]`, a line each. */
function onlyNumbers(written: string): Part[] {
  const numbers = ONLY_NUMBERS.exec(written.trim())?.[1] ?? ''
  return numbers.split('\n').map((line) => ['statements', [line]])
}
