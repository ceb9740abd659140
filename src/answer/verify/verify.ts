import type { Answer, Notice, Passage, Statement } from '../../corpus.ts'
import { citer } from './cite.ts'
import type { Draft, Evidenced } from './draft.ts'
import { MOST_STATEMENTS, NOTICES_LIMIT, STATEMENTS_LIMIT, lengthOf } from './limits.ts'
import { fail } from './outcome.ts'
import type { Outcome, RejectionKind, Stands } from './outcome.ts'
import { verifyEvidenced } from './verify-evidenced.ts'
import { verifyMissing, verifyNotice } from './verify-own-words.ts'

export type { RejectionKind }

/** What fell and why; `index` counts within its part of the draft, `detail` is English, for asking again. */
export interface Rejection {
  readonly part: 'statement' | 'premise' | 'notice' | 'missing'
  readonly index: number
  readonly text: string
  readonly kind: RejectionKind
  readonly detail: string
}

/** A figure that said the same in another form than printed. */
export interface Rewrite {
  readonly part: Rejection['part']
  readonly index: number
  readonly written: string
  readonly printed: string
}

export interface Verified extends Pick<
  Answer,
  'status' | 'statements' | 'citations' | 'missing' | 'notices'
> {
  readonly rejected: readonly Rejection[]
  readonly rewritten: readonly Rewrite[]
}

type Standing = Stands & { readonly index: number }

/**
 * Lets through what stands the test, and says what fell and why. `passages` are those the writer was
 * given, in order of their labels; `question` is what was asked, in the asker's own words.
 */
export function verify(draft: Draft, passages: readonly Passage[], question: string): Verified {
  const rejected: Rejection[] = []
  const rewritten: Rewrite[] = []
  const keep = (
    part: Rejection['part'],
    index: number,
    text: string,
    outcome: Outcome,
  ): Standing[] => {
    if (!outcome.ok) {
      rejected.push({ part, index, text, kind: outcome.kind, detail: outcome.detail })
      return []
    }
    rewritten.push(...outcome.rewritten.map((r) => ({ part, index, ...r })))
    return [{ ...outcome, index }]
  }

  const statements = draft.statements.flatMap((statement, i) =>
    keep(
      'statement',
      i,
      statement.text,
      i < MOST_STATEMENTS
        ? verifyStatement(draft, statement, passages, question)
        : fail('too_long', `more than ${MOST_STATEMENTS} statements`),
    ),
  )
  const told = withinLimit(statements, STATEMENTS_LIMIT, 'statement', rejected)
  const premise = draft.premise
    ? keep(
        'premise',
        0,
        draft.premise.text,
        verifyEvidenced(draft.premise, passages, question, true),
      )
    : []
  const notices = (draft.notices ?? []).flatMap((notice, i) =>
    keep('notice', i, notice.text, verifyNotice(notice, passages, question)).map((n) => ({
      ...n,
      kind: notice.kind,
    })),
  )
  const noticed = withinLimit(
    [...premise.map((p) => ({ ...p, kind: 'premise' as const })), ...notices],
    NOTICES_LIMIT,
    'notice',
    rejected,
  )

  const cite = citer()
  const cited = (s: Standing) => ({ text: s.text, citations: cite.all(s.places) })
  const outStatements: Statement[] = told.map(cited)
  const outNotices: Notice[] = noticed.map((n) => ({ kind: n.kind, ...cited(n) }))
  const citations = cite.citations()
  const missing = draft.missing
    .slice(0, MOST_STATEMENTS)
    .flatMap((text, i) =>
      keep('missing', i, text, verifyMissing(text, citations, question)).map((m) => m.text),
    )

  const fell = rejected.some((r) => r.part === 'statement' && r.kind !== 'too_long')
  return {
    status: statusOf(draft.status, outStatements.length, missing.length > 0 || fell),
    statements: outStatements,
    citations,
    missing: [...new Set(missing)],
    notices: outNotices,
    rejected,
    rewritten,
  }
}

function verifyStatement(
  draft: Draft,
  statement: Evidenced,
  passages: readonly Passage[],
  question: string,
): Outcome {
  return draft.status === 'not_found'
    ? fail('status', 'the draft says not_found, so it has no statements')
    : verifyEvidenced(statement, passages, question)
}

/** What is said first weighs most: the later ones go when it gets too long. */
function withinLimit<T extends Standing>(
  standing: readonly T[],
  limit: number,
  part: 'statement' | 'notice',
  rejected: Rejection[],
): T[] {
  let length = 0
  return standing.filter((s) => {
    const next = length + lengthOf(s.text)
    if (next <= limit) {
      length = next
      return true
    }
    rejected.push({
      part,
      index: s.index,
      text: s.text,
      kind: 'too_long',
      detail: `together longer than ${limit} characters`,
    })
    return false
  })
}

function statusOf(
  drafted: Draft['status'],
  statements: number,
  lacking: boolean,
): Answer['status'] {
  if (statements === 0) return 'not_found'
  return lacking || drafted !== 'answered' ? 'partial' : 'answered'
}
