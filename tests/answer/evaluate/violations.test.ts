import { describe, expect, test } from 'vitest'
import { violations } from '../../../src/answer/evaluate/violations.ts'
import type { Checked } from '../../../src/answer/evaluate/violations.ts'
import type { Citation, Notice } from '../../../src/corpus.ts'

const QUOTE = '今年以来，我市新增企业35家，工业企业12家，补贴资金1,200万元。'
/** 23 characters. */
const LINE = '今年以来，我市新增企业35家，工业企业12家。'

function citation(over: Partial<Citation> = {}): Citation {
  return {
    n: 1,
    articleId: 'a',
    passageId: 'a-1',
    source: 'page.txt',
    headline: '江左市“小升规”提速',
    publication: { name: '江左日报', inferred: false, issue: null, page: null },
    date: { value: '2022-10', printed: null, inferred: false, reason: null },
    place: ['江右省', '江左市'],
    url: null,
    quote: QUOTE,
    spans: [{ start: 0, end: QUOTE.length }],
    ...over,
  }
}

function answer(over: Partial<Checked> = {}): Checked {
  return {
    question: '江左市新增多少企业，电话是多少？',
    standalone: '江左市新增多少企业，电话是多少？',
    status: 'partial',
    statements: [{ text: '今年（2022年）以来，我市（江左市）新增企业35家。', citations: [1] }],
    citations: [citation()],
    missing: ['电话是多少'],
    notices: [],
    ...over,
  }
}

const notice = (kind: Notice['kind'], text: string, citations: number[] = [1]): Notice => ({
  kind,
  text,
  citations,
})
const noticed = (...notices: Notice[]) => answer({ notices })
const refused = (...notices: Notice[]) =>
  answer({ status: 'not_found', statements: [], citations: [citation()], notices })
const told = (text: string, citations = [1]) => answer({ statements: [{ text, citations }] })
const cited = (...citations: Citation[]) => answer({ citations })

describe('holds', () => {
  test.each<[string, Checked]>([
    ['an answer', answer()],
    ['figures with marks', told('补贴资金1,200万元。')],
    ['a refusal', answer({ status: 'not_found', statements: [], citations: [], missing: [] })],
    ['what is nearest', refused(notice('nearest', '相近的报道（江左市）写的是：工业企业12家。'))],
    ['a premise', noticed(notice('premise', '说法有误，报道写的是：工业企业12家。'))],
    ['the date of a cited article', noticed(notice('stale', '报道是2022年10月的。'))],
    ['a cited headline', noticed(notice('stale', '《江左市“小升规”提速》是旧报道。'))],
    [
      'a figure of the question',
      answer({
        question: '电话12345是多少？',
        notices: [notice('scope', '12345不在报道里。', [])],
        missing: [],
      }),
    ],
    ['a stretch of the follow-up made whole', answer({ question: '电话呢？' })],
    ['a place that no notice quotes', noticed(notice('place', '这里说的是江左市。', []))],
    [
      'a conflict',
      {
        ...answer({
          citations: [
            citation(),
            citation({
              n: 2,
              headline: '《提速》之后',
              quote: '全市新增企业41家。',
              date: { value: '2023', printed: null, inferred: true, reason: null },
            }),
          ],
          notices: [
            notice(
              'conflict',
              '《江左市“小升规”提速》（2022年10月）写的是：我市新增企业35家。《《提速》之后》（2023年）写的是：全市新增企业41家。',
              [1, 2],
            ),
          ],
        }),
      },
    ],
  ])('%s', (_name, given) => {
    expect(violations(given)).toEqual([])
  })
})

describe('is broken by', () => {
  test.each<[string, string, Checked]>([
    ['words of its own', '1: no cut', told('我市新增企业很多。')],
    ['a figure of its own', '1: no cited quote prints 36', told('我市新增企业36家。')],
    ['half a figure', '1: no cited quote prints 200万', told('补贴资金200万元。')],
    [
      'a year far from the article',
      '1: no cited article is of 2012年',
      told('今年（2012年）以来，我市新增企业35家。'),
    ],
    [
      'a place that is not the article’s',
      '1: no cited article is of 江北市',
      told('我市（江北市）新增企业35家。'),
    ],
    [
      'a notice in words of its own',
      '1: no cut',
      refused(notice('nearest', '相近的报道写的是：工业企业不多。')),
    ],
    ['a statement without a citation', '3: no citation', told('我市新增企业35家。', [])],
    [
      'a premise without a citation',
      '3: no citation',
      noticed(notice('premise', '说法有误，报道写的是：工业企业12家。', [])),
    ],
    [
      'a citation that is not there',
      '3: citation 2 does not exist',
      told('我市新增企业35家。', [1, 2]),
    ],
    [
      'a citation that nothing uses',
      '3: citation 2 is not used',
      cited(citation(), citation({ n: 2 })),
    ],
    ['one number twice', '3: two citations', cited(citation(), citation())],
    [
      'a short quote',
      '3: quote 1 is shorter',
      { ...told('新增企业。'), citations: [citation({ quote: '新增 企业。' })] },
    ],
    ['a quote without a place', '4: quote 1 has no place', cited(citation({ spans: [] }))],
    [
      'an empty place',
      '4: quote 1 has no place',
      cited(citation({ spans: [{ start: 3, end: 3 }] })),
    ],
    ['a refusal that tells', '5: not_found with 1', answer({ status: 'not_found' })],
    [
      'an answer that tells nothing',
      '5: answered with 0',
      answer({ status: 'answered', statements: [], citations: [] }),
    ],
    [
      'too much told',
      '6: statements of 5',
      answer({
        statements: Array.from({ length: 22 }, () => ({
          text: LINE,
          citations: [1],
        })),
      }),
    ],
    [
      'too much noticed',
      '6: notices of 2',
      noticed(
        ...Array.from({ length: 9 }, () =>
          notice('place', '　这里说的是江左市，不是别的地方，也不是别的省份。', []),
        ),
      ),
    ],
    ['something missing that was not asked', '7: missing', answer({ missing: ['地址'] })],
    ['nothing missing', '7: missing', answer({ missing: ['？'] })],
    ['a figure that nobody printed', '7: 99 is neither', noticed(notice('scope', '另有99家。'))],
    [
      'a figure of a quote that it does not cite',
      '7: 35 is neither',
      noticed(notice('scope', '另有35家。', [])),
    ],
    [
      'a document that nobody named',
      '7: 江左市条例 is neither',
      noticed(notice('scope', '见《江左市条例》。')),
    ],
  ])('%s', (_name, expected, given) => {
    expect(violations(given).join('\n')).toContain(expected)
  })
})

test('length is counted after NFKC, without white space', () => {
  const longest = Array.from({ length: 21 }, () => ({ text: `${LINE} \n`, citations: [1] }))
  expect(violations(answer({ statements: longest }))).toEqual([])
})
