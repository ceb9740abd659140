import { describe, expect, test } from 'vitest'
import { candidatesOf } from '../../../src/answer/extract/candidate.ts'
import { nearestNotice } from '../../../src/answer/notices/nearest.ts'
import { placeNotice } from '../../../src/answer/notices/place.ts'
import { staleNotice } from '../../../src/answer/notices/stale.ts'
import { passage } from '../verify/passages.ts'

const label = () => 1
const dated = (value: string | null) =>
  passage('', { date: { value, printed: null, inferred: true, reason: null } })
const stale = (quote: string, value: string | null, today: string) =>
  staleNotice([{ quote, passage: dated(value) }], today, label).map(({ text }) => text)

describe('what time has overtaken', () => {
  test('is said once, with the month of the report', () => {
    expect(stale('预计12月投用', '2022-10', '2024-01-01')).toEqual([
      '“预计”指报道当时（2022年10月），以后可能有变化。',
    ])
  })

  test.each([
    ['words that hold at any time', '位于城区北侧', '2022-10', '2024-01-01'],
    ['a report of these days', '预计12月投用', '2022-10', '2022-12-01'],
    ['a report without a date', '预计12月投用', null, '2024-01-01'],
  ])('not for %s', (_what, quote, value, today) => {
    expect(stale(quote, value, today)).toEqual([])
  })
})

describe('an answer from elsewhere', () => {
  const from = (...place: string[]) => [{ quote: '孵化器2家', passage: passage('', { place }) }]
  const asker = (firm: boolean) => ({ paths: [['河南省', '鹤壁市']], firm })

  test('names the place it is of', () => {
    const [notice] = placeNotice(from('山东省', '德州市'), asker(false), label)
    expect(notice?.text).toContain('山东省德州市')
  })

  test.each([
    ['the asker’s own city', from('河南省', '鹤壁市'), asker(false)],
    ['a county within it', from('河南省', '鹤壁市', '浚县'), asker(false)],
    [
      'a question that names its place, which selection heeds',
      from('山东省', '德州市'),
      asker(true),
    ],
    ['an asker who told no place', from('山东省', '德州市'), { paths: [], firm: false }],
  ])('says nothing for %s', (_what, quoted, places) => {
    expect(placeNotice(quoted, places, label)).toEqual([])
  })
})

describe('what comes near', () => {
  const facets = (coverage: number, text: string) => {
    const [candidate] = candidatesOf([passage(text, { place: ['鹤壁市'] })])
    const scored = {
      candidate: candidate!,
      score: 1,
      merit: 1,
      coverage,
      own: 1,
      has: [],
      held: true,
    }
    return [
      { facet: { want: null, clause: '', terms: [], unheard: false, total: 1 }, scored: [scored] },
    ]
  }

  test('is quoted as that, with its place', () => {
    const [notice] = nearestNotice(facets(0.6, '专利质押贷款利率低、放款快。'), label)
    expect(notice?.text).toBe('相近的报道（鹤壁市）写的是：专利质押贷款利率低、放款快。')
    expect(notice?.evidence[0]?.quote).toBe('专利质押贷款利率低、放款快。')
  })

  test('is cut at a clause when it is long', () => {
    const [notice] = nearestNotice(
      facets(0.6, `${'甲乙丙丁'.repeat(15)}，${'戊己庚辛'.repeat(15)}。`),
      label,
    )
    expect(notice?.evidence[0]?.quote).toBe('甲乙丙丁'.repeat(15))
  })

  test('is not what shares next to nothing with the question', () => {
    expect(nearestNotice(facets(0.1, '秋天的花海五颜六色，十分美丽。'), label)).toEqual([])
  })
})
