import type { Answer, Cut } from '../../corpus.ts'
import { says } from '../../language/fold.ts'
import { SHORTEST_QUOTED } from '../../language/sentences.ts'
import { type Citer, createCiter } from '../cite.ts'
import type { Context, Sentence } from '../context/context.ts'
import { STATEMENTS_LIMIT, lengthOf, withinLimit } from '../limits.ts'
import type { Picks } from '../picks.ts'
import { leadIn } from './lead-in.ts'
import { CORRECTION, type Label, type Telling, cut, labelled } from './cut.ts'

/** A sentence, and the indexes of its pieces that are told. */
export interface CutSentence {
  readonly sentence: Sentence
  readonly told: ReadonlySet<number>
}

/** An answer as it is told, without its notices; `cite` goes on numbering what they quote. */
export interface Told extends Pick<Answer, 'status' | 'statements' | 'missing'> {
  /** What corrects the question, where no statement tells it. */
  readonly premise: (CutSentence & { readonly text: Cut }) | null
  /** The sentences that the statements cut, in their order. */
  readonly sentences: readonly Sentence[]
  readonly cite: Citer
}

export interface TellOptions {
  /** What the asker asked, now and before: what is missing is named in these words alone. */
  readonly asked: readonly string[]
}

/**
 * Tells what was picked. Numbers that no piece has are passed over, pieces of several sentences told as
 * several statements, those of one sentence as one; what goes beyond a telephone's screen falls away
 * from the end. It can add to a pick from its own sentence, and say nothing else.
 */
export function tell(picks: Picks, context: Context, { asked }: TellOptions): Told {
  const cite = createCiter()
  const picked = withLeadIns(
    bySentence(picks.status === 'not_found' ? [] : picks.statements, context),
    context,
  )
  const corrected = bySentence(picks.premise ? [picks.premise] : [], context)
    .keys()
    .next().value
  const statements = withinLimit(
    distinct(picked, (sentence, pieces) => {
      const corrects = sentence === corrected
      const also = corrects ? bySentence([picks.premise!], context).get(sentence)! : []
      return tellOne(sentence, [...pieces, ...also], corrects ? CORRECTION : undefined)
    }),
    STATEMENTS_LIMIT,
  )
  const told = statements.map(({ sentence, text, told: indexes }) => ({
    text,
    citations: [cite.numberOf(sentence, indexes)],
  }))
  const premise =
    corrected && !statements.some(({ sentence }) => sentence === corrected)
      ? tellOne(corrected, bySentence([picks.premise!], context).get(corrected)!, CORRECTION)
      : null
  const missing = [...new Set(picks.missing)].filter((words) =>
    asked.some((question) => says(question, words)),
  )
  return {
    status: statusOf(picks, told.length, missing.length),
    statements: told,
    missing,
    premise,
    sentences: statements.map(({ sentence }) => sentence),
    cite,
  }
}

/** Pieces of a sentence as a cut behind its label, with which of them are told in the end. */
export function tellOne(
  sentence: Sentence,
  picked: ReadonlySet<number> | readonly number[],
  label?: Label,
): CutSentence & { readonly text: Cut } {
  const telling = cutOf(sentence, picked)
  return { sentence, told: telling.told, text: labelled(telling, label) }
}

/** What was picked, and before items of a list what governs them. */
function withLeadIns(
  picked: ReadonlyMap<Sentence, ReadonlySet<number>>,
  context: Context,
): ReadonlyMap<Sentence, ReadonlySet<number>> {
  const told = new Map<Sentence, ReadonlySet<number>>()
  for (const [sentence, pieces] of picked) {
    const lead = leadIn(sentence, context)
    if (lead && !told.has(lead) && lengthOf(lead.text) >= SHORTEST_QUOTED)
      told.set(lead, new Set(lead.pieces.keys()))
    if (!told.has(sentence)) told.set(sentence, pieces)
  }
  return told
}

/** Sentences as they are told, each only when it is its turn, none that says what another said. */
function* distinct(
  picked: ReadonlyMap<Sentence, ReadonlySet<number>>,
  tellPicked: (
    sentence: Sentence,
    pieces: ReadonlySet<number>,
  ) => CutSentence & { readonly text: Cut },
) {
  const said = new Set<string>()
  for (const [sentence, pieces] of picked) {
    const one = tellPicked(sentence, pieces)
    if (said.has(one.text)) continue
    said.add(one.text)
    yield one
  }
}

/** The pieces that were picked of each sentence, sentences in the order in which they were first picked. */
export function bySentence(
  lists: readonly (readonly number[])[],
  context: Context,
): Map<Sentence, Set<number>> {
  const found = new Map<Sentence, Set<number>>()
  for (const n of lists.flat()) {
    const pointed = context.at(n)
    if (!pointed || lengthOf(pointed.sentence.text) < SHORTEST_QUOTED) continue
    const { sentence, index } = pointed
    found.set(sentence, (found.get(sentence) ?? new Set()).add(index))
  }
  return found
}

/** Pieces of a context's sentence as they are told. */
export function cutOf(
  { text, pieces, passage, before, section }: Sentence,
  picked: ReadonlySet<number> | readonly number[],
): Telling {
  return cut(
    {
      text,
      pieces,
      isRow: passage.kind === 'table' && passage.part === 'body',
      printed: { date: passage.date.value, place: passage.place },
      heading: { ...passage, section, before },
    },
    picked,
  )
}

function statusOf({ status }: Picks, statements: number, missing: number): Answer['status'] {
  if (statements === 0) return 'not_found'
  return status === 'partial' || missing > 0 ? 'partial' : 'answered'
}
