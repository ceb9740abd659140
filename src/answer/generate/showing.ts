import type { Citation, Passage, Statement } from '../../corpus.ts'
import type { Evidenced, ModelDraft } from '../verify/draft.ts'
import { verify } from '../verify/verify.ts'

export type OnStatement = (statement: Statement, citations: readonly Citation[]) => void

export interface ShowingDeps {
  readonly passages: readonly Passage[]
  readonly question: string
  readonly onStatement?: OnStatement
}

/**
 * Shows statements while an answer comes in: each once it stands verified, in the answer's order, cited
 * by the numbers that the whole answer will have. The first one that falls holds back those after it,
 * until they are offered as finished.
 */
export function createShowing({ passages, question, onStatement }: ShowingDeps) {
  let shown: Evidenced[] = []
  let held = false

  function show(statement: Evidenced): boolean {
    const statements = [...shown, statement]
    const draft = { status: 'answered' as const, statements, missing: [], premise: null }
    const verified = verify(draft, passages, question)
    const last = verified.statements.at(-1)
    if (!last || verified.statements.length < statements.length) return false
    shown = statements
    onStatement?.(
      last,
      last.citations.flatMap((n) => verified.citations.filter((c) => c.n === n)),
    )
    return true
  }

  return {
    /** The next statement as it came in. */
    offer(statement: Evidenced) {
      held ||= !show(statement)
    },
    /** Another draft begins: what it says is shown only with the finished answer. */
    hold() {
      held = true
    },
    /** Shows the rest of the finished answer, unless it differs from what was shown. */
    finish({ statements }: Pick<ModelDraft, 'statements'>) {
      const goesOn = shown.every((statement, i) => sameText(statement, statements[i]))
      if (goesOn) for (const statement of statements.slice(shown.length)) show(statement)
    },
  }
}

const sameText = (a: Evidenced, b: Evidenced | undefined) => a.text === b?.text
