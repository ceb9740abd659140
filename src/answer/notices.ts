import type { Notice } from '../corpus.ts'
import type { AskedPlaces } from '../retrieval/asked-places.ts'
import type { Context, Sentence } from './context/context.ts'
import { withoutByline } from './context/without-byline.ts'
import { NOTICES_LIMIT, lengthOf, withinLimit } from './limits.ts'
import { noticeAge } from './notice-age.ts'
import { noticePlaces } from './notice-places.ts'
import type { Noticed } from './noticed.ts'
import type { WordsPick } from './pick/words-pick.ts'
import { type Label, sideBySide, labelled } from './tell/cut.ts'
import { type Told, bySentence, cutOf } from './tell/tell.ts'

export interface NoticesRequest {
  readonly told: Told
  readonly words: Pick<WordsPick, 'conflict' | 'nearest'>
  readonly context: Context
  /** The question as searched. */
  readonly question: string
  readonly places: AskedPlaces
  /** The day of asking, YYYY-MM-DD. */
  readonly today: string
  /** How the answer came about, where that matters to its reader. */
  readonly own: readonly Notice[]
}

/** What a reader must know beside the statements; what is said first weighs most. */
export function noticesOf({
  told,
  words,
  context,
  question,
  places,
  today,
  own,
}: NoticesRequest): Notice[] {
  const { premise, sentences, cite } = told
  const noticed: Noticed[] = [
    ...(premise
      ? [{ kind: 'premise' as const, text: premise.text, sentences: [premise.sentence] }]
      : []),
    ...(sentences.length > 0 ? conflict(words.conflict, told, context) : []),
    ...(sentences.length > 0 ? [] : nearest(words.nearest, context)),
    ...noticePlaces(question, sentences, places),
    ...noticeAge(question, told, today),
    ...own.map(({ kind, text }) => ({ kind, text, sentences: [] })),
  ]
  const short = noticed.filter(({ text }) => lengthOf(text) <= NOTICES_LIMIT)
  // Only what is said in the end is cited.
  return withinLimit(short, NOTICES_LIMIT).map(({ kind, text, sentences: cited }) => ({
    kind,
    text,
    citations: [...new Set(cited.map((sentence) => cite.numberOf(sentence)))],
  }))
}

/**
 * Both sides under their titles, where one of them is told. Where one has no title, which no label
 * could name, only the side that no statement tells.
 */
function conflict(picks: WordsPick['conflict'], { sentences }: Told, context: Context): Noticed[] {
  const sides = (picks ?? []).flatMap((pieces) => [...bySentence([pieces], context)])
  const [first, second] = sides
  const untold = sides.filter(([sentence]) => !sentences.includes(sentence))
  if (!first || !second || untold.length === sides.length) return []
  const months = sides.map(([{ passage }]) => passage.date.value?.slice(0, 7))
  const dated = months[0] !== months[1]
  const textOf = ([sentence, pieces]: typeof first) =>
    labelled(cutOf(sentence, pieces), titleOf(sentence, dated))
  if (sides.every(([sentence]) => titleOf(sentence, dated))) {
    const text = sideBySide(textOf(first), textOf(second))
    return [{ kind: 'conflict', text, sentences: [first[0], second[0]] }]
  }
  return untold.map((side) => ({ kind: 'conflict', text: textOf(side), sentences: [side[0]] }))
}

function titleOf({ passage: { headline, date } }: Sentence, dated: boolean): Label | undefined {
  if (!headline || /[《》]/u.test(headline)) return undefined
  const [year, month] = (date.value ?? '').split('-').map(Number)
  return dated && year
    ? `《${headline}》（${year}年${month ? `${month}月` : ''}）写的是`
    : `《${headline}》写的是`
}

/**
 * What the articles do say next to a question that they do not answer: one sentence, whole. A stump
 * of one says less than nothing beside a refusal, so what is too long or no sentence is not told.
 */
function nearest(pieces: WordsPick['nearest'], context: Context): Noticed[] {
  const [sentence] = bySentence(pieces ? [pieces] : [], context).keys()
  if (!sentence || !isWhole(sentence)) return []
  const where = sentence.passage.place.at(-1)
  const label: Label = where ? `相近的报道（${where}）写的是` : '相近的报道写的是'
  const text = labelled(cutOf(sentence, withoutByline(sentence)), label)
  return lengthOf(text) > NOTICES_LIMIT ? [] : [{ kind: 'nearest', text, sentences: [sentence] }]
}

const SENTENCE_END = /[。！？!?][”’』」）)"'》]*$/u

/** Whether it is a sentence with its end, and not a headline, a row, or a part of a very long one. */
function isWhole({ text, passage, start }: Sentence): boolean {
  const before = passage.text.slice(0, start).trimEnd()
  return SENTENCE_END.test(text) && !/[；;，,]$/u.test(before)
}
