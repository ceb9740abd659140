import type { Cut, Notice, NoticeKind } from '../corpus.ts'
import type { AskedPlaces } from '../retrieval/asked-places.ts'
import type { Context, Sentence } from './context/context.ts'
import { withoutByline } from './context/without-byline.ts'
import { NOTICES_LIMIT, lengthOf, withinLimit } from './limits.ts'
import { noticeAge } from './notice-age.ts'
import { noticePlaces } from './notice-places.ts'
import type { Noticed } from './noticed.ts'
import type { WordsPick } from './pick/words-pick.ts'
import { type Label, sideBySide } from './tell/cut.ts'
import { type CutSentence, type Told, bySentence, tellOne } from './tell/tell.ts'

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
    ...(premise ? [cutNotice('premise', premise.text, [premise])] : []),
    ...(sentences.length > 0 ? conflict(words.conflict, told, context) : []),
    ...(sentences.length > 0 ? [] : nearest(words.nearest, context)),
    ...noticePlaces(question, sentences, places),
    ...noticeAge(question, told, today),
    ...own.map((notice) => ({ ...notice, sentences: [] })),
  ]
  const short = noticed.filter(({ text }) => lengthOf(text) <= NOTICES_LIMIT)
  // Only what is said in the end is cited.
  return withinLimit(short, NOTICES_LIMIT).map(({ sentences: cited, told: cuts, ...notice }) => ({
    ...notice,
    citations: [...new Set(cited.map((sentence) => cite.numberOf(sentence, cuts?.get(sentence))))],
  }))
}

function cutNotice(kind: NoticeKind, text: Cut, cuts: readonly CutSentence[]): Noticed {
  return {
    kind,
    text,
    sentences: cuts.map(({ sentence }) => sentence),
    told: new Map(cuts.map(({ sentence, told }) => [sentence, told])),
  }
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
  const cutOf = ([sentence, pieces]: typeof first) =>
    tellOne(sentence, pieces, titleOf(sentence, dated))
  if (sides.every(([sentence]) => titleOf(sentence, dated))) {
    const [one, other] = [cutOf(first), cutOf(second)]
    return [cutNotice('conflict', sideBySide(one.text, other.text), [one, other])]
  }
  return untold.map(cutOf).map((one) => cutNotice('conflict', one.text, [one]))
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
  const one = tellOne(sentence, withoutByline(sentence), label)
  return lengthOf(one.text) > NOTICES_LIMIT ? [] : [cutNotice('nearest', one.text, [one])]
}

const SENTENCE_END = /[。！？!?][”’』」）)"'》]*$/u

/** Whether it is a sentence with its end, and not a headline, a row, or a part of a very long one. */
function isWhole({ text, passage, start }: Sentence): boolean {
  const before = passage.text.slice(0, start).trimEnd()
  return SENTENCE_END.test(text) && !/[；;，,]$/u.test(before)
}
