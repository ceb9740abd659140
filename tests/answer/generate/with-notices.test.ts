import { describe, expect, test } from 'vitest'
import { withNotices } from '../../../src/answer/generate/with-notices.ts'
import { understand } from '../../../src/retrieval/understand.ts'
import { verify } from '../../../src/answer/verify/verify.ts'
import { passage } from '../verify/passages.ts'
import { FREE, draft } from './drafts.ts'

const dated = (value: string) => ({ value, printed: null, inferred: true, reason: null })
const HERE = ['河南省', '濮阳市']
const first = passage(`截至目前，全市规模以上制造业企业726家。`, {
  id: 'p1',
  articleId: 'a1',
  date: dated('2024-06'),
  place: HERE,
})
const other = passage(
  '规模以上制造业企业742家，同比增长。',
  { id: 'p2', articleId: 'a2', date: dated('2024-06'), place: HERE },
  1000,
)
const third = passage(
  `${FREE}。`,
  { id: 'p3', articleId: 'a3', date: dated('2022-10'), place: HERE },
  2000,
)

const COUNT = {
  text: '全市规模以上制造业企业726家。',
  evidence: [{ label: 2, quote: '截至目前，全市规模以上制造业企业726家' }],
}
const NOWHERE = understand({ question: '有多少家' }).places
const CONFLICT = {
  kind: 'conflict' as const,
  text: '两处不一：“规模以上制造业企业726家”；“规模以上制造业企业742家”。',
  evidence: [
    { label: 1, quote: '规模以上制造业企业726家' },
    { label: 2, quote: '规模以上制造业企业742家' },
  ],
}
const extraction = (notices: (typeof CONFLICT)[]) => ({
  draft: { ...draft([]), notices },
  passages: [first, other],
  facets: [],
})

const noticed = (statements: Parameters<typeof draft>[0], notices = [CONFLICT]) =>
  withNotices(
    { draft: draft(statements), passages: [third, first] },
    extraction(notices),
    NOWHERE,
    '2026-11-22',
  )

describe('notices beside a model’s draft', () => {
  test('show the other side of a conflict, under labels of their own', () => {
    const { draft: given, passages } = noticed([COUNT])
    const verified = verify(given, passages, '规模以上制造业企业有多少家？')
    const conflict = verified.notices.find(({ kind }) => kind === 'conflict')
    const quotes = verified.citations
      .filter(({ n }) => conflict?.citations.includes(n))
      .map(({ quote }) => quote)
    expect(quotes.join()).toContain('742家')
    expect(quotes.join()).toContain('726家')
    expect(passages.map(({ id }) => id)).toEqual(['p3', 'p1', 'p2'])
  })

  test('leave out a conflict about what is not cited', () => {
    const { draft: given, passages } = noticed([
      { text: '无需承担费用。', evidence: [{ label: 1, quote: FREE }] },
    ])
    expect(given.notices?.map(({ kind }) => kind)).not.toContain('conflict')
    expect(passages).toHaveLength(2)
  })

  test('say that time has passed', () => {
    expect(noticed([COUNT], []).draft.notices).toMatchObject([{ kind: 'stale' }])
  })

  test('of an answer that found nothing say nothing of what it cites', () => {
    expect(noticed([]).draft.notices).toEqual([])
  })
})
