import { judge } from '../../answer/evaluate/judge.ts'
import type { Answer, Question } from '../../corpus.ts'
import { judgedFrom } from './judge.ts'
import type { JudgedStore } from './judged-store.ts'
import { type PassagesOf, type Ticks, piecesNamed, piecesTold, sentencesNamed } from './pointed.ts'
import type { Verdict } from './verdicts.ts'

/** What a person said of an answer. */
export interface GivenVerdict {
  readonly question: Question
  readonly answer: Answer
  readonly verdict: Verdict
  readonly ticks: Ticks
  /** Which statements say too much. */
  readonly extra: readonly number[]
  /** How a misread text should read; '' where nobody says. */
  readonly reading: string
  readonly note: string
  readonly who: string
  readonly at: number
}

/** Keeps a verdict as a judged question, in place of what was said of it before. Gives the name of the change. */
export async function keepVerdict(
  { question, answer, verdict, ticks, extra, reading, ...kept }: GivenVerdict,
  { judged, passagesOf }: { readonly judged: JudgedStore; readonly passagesOf: PassagesOf },
): Promise<number> {
  const id = judged.idOf(question)
  const pointed = await piecesNamed(ticks.pieces, passagesOf)
  const quoted = await sentencesNamed(ticks.sentences, passagesOf)
  const told = await piecesTold(answer, passagesOf)
  const known = judged.find(id)
  // What a file says of a right answer says more than the answer does.
  const holds =
    verdict === 'right' &&
    pointed.length + quoted.length + extra.length === 0 &&
    known?.said === 'imported' &&
    judge(known.judged, answer).right
  const made = holds
    ? known.judged
    : judgedFrom({
        question: { ...question, id },
        answer,
        verdict,
        pointed,
        quoted,
        told,
        reading,
        extra,
      })
  return judged.add({ ...kept, judged: made, said: verdict, answer, ticks })
}
