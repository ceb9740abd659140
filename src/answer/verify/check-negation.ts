import { clauses } from './clauses.ts'
import { bigrams, contentCharacters, overlap } from '../../language/content.ts'
import { fold } from '../../language/fold.ts'
import { negations } from '../../language/negations.ts'
import type { Class, Cue } from '../../language/negations.ts'
import type { PolarityProblem } from './polarity-problem.ts'

/** A clause with its negations, all offsets within the clause. */
interface Read {
  readonly text: string
  readonly cues: readonly Cue[]
  readonly grams: ReadonlySet<string>
}

/** Negations that the evidence has and the statement lost, or the other way round. `asked` may be denied. */
export function checkNegation(
  statement: string,
  evidence: readonly string[],
  asked: string,
): PolarityProblem[] {
  const said = read(statement)
  const printed = evidence.flatMap((text) => read(text))
  return [
    ...spliced(statement, evidence),
    ...negationLost(said, printed),
    ...negationGained(said, printed, asked),
  ]
}

function read(text: string): Read[] {
  const folded = fold(text).text
  return clauses(folded).map((clause) => ({
    text: clause.text,
    cues: negations(clause.text),
    grams: bigrams(clause.text),
  }))
}

/** Two negations side by side say yes: 不是免费, 并非无需, 未必无需. */
function denies({ cues, text }: Read): boolean {
  if (cues.length === 0) return false
  const chained = cues.filter((cue, i) => {
    const next = cues[i + 1]
    return next !== undefined && /^(?:[是要说必]|一定)?$/u.test(text.slice(cue.end, next.start))
  }).length
  return chained % 2 === 0
}

/** So many letters around a negation are looked for without it. */
const SEAM = 4

/** One of both prints the words around a negation side by side: 了解不透, 了解透. */
function spliced(statement: string, evidence: readonly string[]): PolarityProblem[] {
  const said = fold(statement).text
  const printed = fold(evidence.join('\n')).text
  const without = (text: string, other: string) =>
    negations(text).find(({ start, end }) => {
      const left = /\p{L}{0,4}$/u.exec(text.slice(0, start))?.[0] ?? ''
      const right = /^\p{L}{0,4}/u.exec(text.slice(end))?.[0] ?? ''
      const before = left.slice(-Math.max(SEAM / 2, SEAM - right.length))
      const after = right.slice(0, SEAM - before.length)
      const seam = before + after
      return (
        seam.length >= 3 &&
        affirms(other, seam) &&
        !denied(other, before, after) &&
        !affirms(text.replaceAll(before + text.slice(start, end) + after, ''), seam)
      )
    })
  const cue = without(printed, said) ?? without(said, printed)
  return cue
    ? [
        {
          kind: 'negation',
          detail: 'the same words stand with a negation in one, without it in the other',
        },
      ]
    : []
}

/** Whether a text has these words on both sides of a negation. */
function denied(text: string, before: string, after: string): boolean {
  return negations(text).some(
    ({ start, end }) => text.slice(0, start).endsWith(before) && text.startsWith(after, end),
  )
}

/** Whether words stand in a text somewhere right after no negation. */
function affirms(text: string, said: string): boolean {
  const ends = new Set(negations(text).map((cue) => cue.end))
  for (let at = text.indexOf(said); at >= 0; at = text.indexOf(said, at + 1)) {
    if (!ends.has(at)) return true
  }
  return false
}

/** What the evidence denies, the statement says as if it were so. */
function negationLost(said: readonly Read[], printed: readonly Read[]): PolarityProblem[] {
  const affirmed = new Set(
    printed.filter((clause) => !denies(clause)).flatMap((clause) => [...clause.grams]),
  )
  const before = new Set(
    printed.flatMap((clause) => {
      const [first] = clause.cues
      return first && denies(clause) ? [...bigrams(clause.text.slice(0, first.start))] : []
    }),
  )
  const found: PolarityProblem[] = []
  for (const clause of printed.filter(denies)) {
    for (const cue of clause.cues) {
      const scope = scopeOf(clause, cue)
      const only = new Set([...bigrams(scope)].filter((g) => !affirmed.has(g) && !before.has(g)))
      const head = [...bigrams(scope.slice(0, 4))].filter((g) => only.has(g))
      // 没有外线工程的，3个工作日内通水: denied in a clause of its own, where the quote has one for both.
      const first = [...bigrams(scope.slice(0, 4))][0] ?? ''
      const kept = said.some((s) => denies(s) && s.grams.has(first))
      const lost = said.find((s) => {
        if (denies(s) || kept) return false
        const shared = overlap(only, s.grams)
        return (
          (head[0] !== undefined && s.grams.has(head[0])) ||
          shared >= 2 ||
          (shared > 0 && only.size <= SHORT_SCOPE)
        )
      })
      if (lost) {
        found.push({
          kind: 'negation',
          detail: `the quote says "${clause.text.slice(cue.start, cue.end)}${scope}", the text says it without the negation: "${lost.text}"`,
        })
      }
    }
  }
  return found
}

/** What the text denies, the evidence does not deny. */
function negationGained(
  said: readonly Read[],
  printed: readonly Read[],
  asked: string,
): PolarityProblem[] {
  const questioned = bigrams(asked)
  return said
    .filter((clause) => clause.cues.length > 0)
    .flatMap((clause) =>
      clause.cues.flatMap((cue) => {
        const backed = printed.some((p) =>
          p.cues.some((c) => agrees(cue.cls, c.cls) && sameScope(clause, cue, p, c)),
        )
        if (backed) return []
        // A correction denies what was asked: 不是要交费.
        const corrects = cue.cls === 'not' && asked !== '' && overlap(clause.grams, questioned) > 0
        if (corrects) return []
        return [
          {
            kind: 'negation' as const,
            detail: `"${clause.text}" denies something that no quote denies`,
          },
        ]
      }),
    )
}

/** Being spared a thing and being forbidden it are two things; else a negation may be worded as another. */
function agrees(a: Class, b: Class): boolean {
  return !(a === 'spared' && b === 'forbidden') && !(a === 'forbidden' && b === 'spared')
}

/** Two negations deny the same thing: their scopes share a word, or half their characters when worded anew. */
function sameScope(clause: Read, cue: Cue, printed: Read, by: Cue): boolean {
  const mine = scopeOf(clause, cue)
  const theirs = scopeOf(printed, by)
  // 没有，…: the answer to the question in one word, borne out by whatever is denied.
  if (clause.text.length === cue.end - cue.start) return true
  const said = bigrams(mine).size > 0 ? mine : clause.text
  const meant = bigrams(theirs).size > 1 ? theirs : printed.text
  if (overlap(bigrams(said), bigrams(meant)) > 0) return true
  const characters = [...new Set(contentCharacters(said))].filter((c) => /\p{Script=Han}/u.test(c))
  const shared = characters.filter((c) => meant.includes(c)).length
  return shared >= 2 && shared * 2 >= characters.length
}

/** A shorter scope is lost with any of its words, a longer one with two. */
const SHORT_SCOPE = 5

/** What a negation covers: the rest of its clause, up to the next negation. */
function scopeOf({ text, cues }: Read, cue: Cue): string {
  const next = cues.find((c) => c.start >= cue.end)
  const rest = text.slice(cue.end, next && next.start > cue.end + 1 ? next.start : text.length)
  return rest.split('、')[0] ?? ''
}
