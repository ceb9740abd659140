import { describe, expect, test } from 'vitest'
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
