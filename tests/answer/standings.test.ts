import { describe, expect, test } from 'vitest'
import { createCiter, standingsOf } from '../../src/answer/cite.ts'
import { numberPieces } from '../../src/answer/context/number-pieces.ts'
import { noticesOf } from '../../src/answer/notices.ts'
import type { Picks } from '../../src/answer/picks.ts'
import { tell } from '../../src/answer/tell/tell.ts'
import { passage } from '../support/paper-passages.ts'

const FIRST = passage('东关夜市有摊位860个，客流两万人，每晚开到十点。西关花市有摊位120个。', {
  headline: '夜市',
})
const SECOND = passage(
  '东关夜市有摊位910个。',
  { id: 'p2', articleId: 'a2', headline: '摊位' },
  500,
)
const CONTEXT = numberPieces([[FIRST], [SECOND]])

/** What of its passage each citation of an answer is shown to tell. */
function standing(picks: Partial<Picks>, conflict: [number[], number[]] | null = null) {
  const all = { status: 'answered' as const, statements: [], missing: [], premise: null, ...picks }
  const told = tell(all, CONTEXT, { asked: [] })
  noticesOf({
    told,
    context: CONTEXT,
    words: { conflict, nearest: null },
    question: '夜市有多少摊位？',
    places: { paths: [], firm: false },
    today: '2023-06-01',
    own: [],
  })
  return told.cite.standings().map((one) => {
    const { text } = one.passageId === SECOND.id ? SECOND : FIRST
    expect(text.slice(one.start, one.end)).toBe(told.cite.citations()[one.n - 1]!.quote)
    return one.told.map(({ start, end }) => text.slice(start, end))
  })
}

describe('where what is told stands', () => {
  test('a statement tells stretches of its sentence, neighbours with the mark between them', () => {
    expect(standing({ statements: [[1, 2]] })).toEqual([['东关夜市有摊位860个，客流两万人']])
    expect(standing({ statements: [[4]] })).toEqual([['西关花市有摊位120个']])
  })

  test('what is left out between is not marked', () => {
    expect(standing({ statements: [[1, 3]] })).toEqual([['东关夜市有摊位860个', '每晚开到十点']])
  })

  test('what corrects a premise, and the two sides of a conflict', () => {
    expect(standing({ premise: [5] })).toEqual([['东关夜市有摊位910个']])
    expect(standing({ statements: [[1]] }, [[1], [5]])).toEqual([
      ['东关夜市有摊位860个'],
      ['东关夜市有摊位910个'],
    ])
  })

  test('a sentence that is cited twice has what either tells', () => {
    const cite = createCiter()
    const [sentence] = CONTEXT.articles[0]!.sentences
    cite.numberOf(sentence!, [0])
    cite.numberOf(sentence!)
    cite.numberOf(sentence!, [2])
    expect(cite.standings()[0]!.told).toEqual([
      { start: 0, end: 11 },
      { start: 18, end: 24 },
    ])
  })

  test('an answer that was kept without it has none', () => {
    expect(standingsOf({})).toEqual([])
    expect(standingsOf({ trace: [{ stage: 'notices', ms: 1, kinds: [] }] })).toEqual([])
  })
})
