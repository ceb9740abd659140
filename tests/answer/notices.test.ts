import { describe, expect, test } from 'vitest'
import { numberPieces } from '../../src/answer/context/number-pieces.ts'
import { NOTICES_LIMIT, lengthOf } from '../../src/answer/limits.ts'
import { type NoticesRequest, noticesOf } from '../../src/answer/notices.ts'
import type { Picks } from '../../src/answer/picks.ts'
import { tell } from '../../src/answer/tell/tell.ts'
import type { Notice, Passage } from '../../src/corpus.ts'
import { passage } from '../support/paper-passages.ts'

interface Given {
  readonly headline?: string | null
  readonly date?: string | null
  readonly place?: string[]
}

/** A passage of an article of its own. */
const article = (text: string, { headline = null, date = null, place = [] }: Given = {}, n = 1) =>
  passage(
    text,
    {
      id: `p${n}`,
      articleId: `a${n}`,
      headline,
      date: { value: date, printed: null, inferred: false, reason: null },
      place,
    },
    n * 1000,
  )

/** The notices to what is told of some articles, and all that is cited in the end. */
function noticed(
  passages: readonly Passage[],
  picks: Partial<Picks>,
  given: Partial<NoticesRequest> = {},
) {
  const context = numberPieces(passages.map((one) => [one]))
  const all = { status: 'answered' as const, statements: [], missing: [], premise: null, ...picks }
  const told = tell(all, context, { asked: ['夜市有多少摊位？'] })
  const notices = noticesOf({
    told,
    context,
    words: { conflict: null, nearest: null },
    question: '夜市有多少摊位？',
    places: { paths: [], firm: false },
    today: '2023-06-01',
    own: [],
    ...given,
  })
  return { notices, told, citations: told.cite.citations() }
}

const OWN: Notice = { kind: 'degraded', text: '模型没有及时回答，这次按字词选句。', citations: [] }
const FIRST = '全县夜市有摊位860个。'
const OTHER = '全县夜市有摊位910个。'

test('an answer without anything to add has none', () => {
  expect(noticed([article(FIRST)], { statements: [[1]] }).notices).toEqual([])
})

describe('a conflict', () => {
  const words = { conflict: [[1], [2]], nearest: null } as const
  const sides = (one: Given, other: Given) => [article(FIRST, one), article(OTHER, other, 2)]
  const shown = (one: Given, other: Given, picks: Partial<Picks> = { statements: [[1]] }) =>
    noticed(sides(one, other), picks, { words })

  test('shows two cuts under their titles, each with its own mark', () => {
    const { notices, citations } = shown({ headline: '夜市开市' }, { headline: '夜市调查' })
    const text = `《夜市开市》写的是：${FIRST}《夜市调查》写的是：${OTHER}`
    expect(notices).toEqual([{ kind: 'conflict', text, citations: [1, 2] }])
    expect(citations.map(({ quote }) => quote)).toEqual([FIRST, OTHER])
  })

  test('has marks in the order of its sides, not of the statements', () => {
    const { notices } = shown({ headline: '甲' }, { headline: '乙' }, { statements: [[2], [1]] })
    expect(notices[0]!.text).toMatch(/^《甲》/)
    expect(notices[0]!.citations).toEqual([2, 1])
  })

  test.each<[string, Given, Given, string[]]>([
    [
      'no dates of one month',
      { date: '2022-10-01' },
      { date: '2022-10-30' },
      ['《甲》写', '《乙》写'],
    ],
    [
      'months that differ',
      { date: '2022-10-01' },
      { date: '2023-01' },
      ['《甲》（2022年10月）写', '《乙》（2023年1月）写'],
    ],
    [
      'years that differ',
      { date: '2022' },
      { date: '2023-01' },
      ['《甲》（2022年）写', '《乙》（2023年1月）写'],
    ],
    ['the only date', { date: '2022-10' }, {}, ['《甲》（2022年10月）写', '《乙》写']],
  ])('shows %s', (_name, one, other, labels) => {
    const { notices } = shown({ headline: '甲', ...one }, { headline: '乙', ...other })
    expect(notices[0]!.text.match(/《.》(?:（[^）]*）)?写/g)).toEqual(labels)
  })

  test.each<[string, Given, Given, number[][], string[]]>([
    ['the other side alone', {}, { headline: '乙' }, [[1]], [`《乙》写的是：${OTHER}`]],
    ['the other side alone, without a title', { headline: '甲' }, {}, [[1]], [OTHER]],
    ['nothing, where statements tell both', { headline: '甲' }, {}, [[1], [2]], []],
    ['no title within a title', { headline: '甲' }, { headline: '《办法》出台' }, [[1]], [OTHER]],
  ])('of which a side has no title shows %s', (_name, one, other, statements, texts) => {
    const { notices, citations } = shown(one, other, { statements })
    expect(notices.map(({ text }) => text)).toEqual(texts)
    expect(citations).toHaveLength(2)
  })

  test('is none, where neither side is told, or nothing at all', () => {
    const more = [...sides({ headline: '甲' }, { headline: '乙' }), article('花市开放了。', {}, 3)]
    expect(noticed(more, { statements: [[3]] }, { words }).notices).toEqual([])
    expect(noticed(more, {}, { words }).notices).toEqual([])
  })

  test('that is too long falls away, with what only it would cite', () => {
    const long = (name: string) => `${name}夜市${'摊位很多而且客流很大'.repeat(9)}。`
    const both = [
      article(long('东关'), { headline: '甲' }),
      article(long('西关'), { headline: '乙' }, 2),
    ]
    const { notices, citations } = noticed(both, { statements: [[1]] }, { words, own: [OWN] })
    expect(notices).toEqual([OWN])
    expect(citations).toHaveLength(1)
  })
})

describe('a correction', () => {
  test('that no statement tells is the first notice', () => {
    const both = [article(FIRST), article(OTHER, {}, 2)]
    const { notices } = noticed(both, { statements: [[1]], premise: [2] }, { own: [OWN] })
    expect(notices).toEqual([
      { kind: 'premise', text: `说法有误，报道写的是：${OTHER}`, citations: [2] },
      OWN,
    ])
  })

  test('that a statement tells is no notice', () => {
    expect(noticed([article(FIRST)], { statements: [[1]], premise: [1] }).notices).toEqual([])
  })

  test('that is too long falls away, with what only it would cite', () => {
    const long = article(`西关夜市${'摊位很多而且客流很大'.repeat(20)}。`, {}, 2)
    const { notices, citations } = noticed([article(FIRST), long], {
      statements: [[1]],
      premise: [2],
    })
    expect([notices, citations.length]).toEqual([[], 1])
  })
})

describe('what comes near', () => {
  const words = { conflict: null, nearest: [1] }

  test.each<[string[], string]>([
    [['河南省', '濮阳市'], '相近的报道（濮阳市）写的是：'],
    [[], '相近的报道写的是：'],
  ])('is told with its place, where nothing is answered: %j', (place, label) => {
    const { notices } = noticed([article(FIRST, { place })], { status: 'not_found' }, { words })
    expect(notices).toEqual([{ kind: 'nearest', text: `${label}${FIRST}`, citations: [1] }])
  })

  test('is not told beside an answer', () => {
    const both = [article(FIRST), article(OTHER, {}, 2)]
    expect(noticed(both, { statements: [[2]] }, { words }).notices).toEqual([])
  })

  test('is one cut of one sentence', () => {
    const several = [article(`${FIRST}${OTHER}`)]
    const { notices } = noticed(several, {}, { words: { conflict: null, nearest: [1, 2] } })
    expect(notices.map(({ text }) => text)).toEqual([`相近的报道写的是：${FIRST}`])
  })

  test.each<[string, string, number[], string | null]>([
    ['the whole of what was picked in part', '夜市在东关，摊位860个，周末最多。', [2], ''],
    [
      'what stands behind a byline',
      '本报讯（记者 秦小满）夜市在东关，摊位860个。',
      [3],
      '夜市在东关，摊位860个。',
    ],
    ['no headline', '全县夜市有摊位860个', [1], null],
    ['nothing that leads to what follows', '全县夜市的摊位有这些：', [1], null],
    ['no sentence that is too long', `夜市${'摊位很多而且客流很大，'.repeat(18)}热闹。`, [1], null],
    [
      'no end of a very long one',
      `夜市${'摊位很多而且客流很大，'.repeat(29)}热闹；全县有摊位860个。`,
      [32],
      null,
    ],
  ])('is %s', (_name, text, pieces, told) => {
    const near = { conflict: null, nearest: pieces }
    const { notices, citations } = noticed([article(text)], {}, { words: near })
    const whole = told === null ? [] : [`相近的报道写的是：${told || text}`]
    expect(notices.map((notice) => notice.text)).toEqual(whole)
    expect(citations).toHaveLength(whole.length)
  })
})

describe('another place than the asker’s', () => {
  const puyang = ['河南省', '濮阳市']
  const liaocheng = ['山东省', '聊城市']
  const said = (place: string[], firm = false) =>
    noticed(
      [article(FIRST, { place })],
      { statements: [[1]] },
      { places: { paths: [puyang], firm } },
    ).notices

  test('is named', () => {
    const text = '这是山东省聊城市的报道，不是您所在地的。'
    expect(said(liaocheng)).toEqual([{ kind: 'place', text, citations: [1] }])
  })

  test.each<[string, string[], boolean]>([
    ['the same', puyang, false],
    ['a county of it', [...puyang, '台前县'], false],
    ['its province', ['河南省'], false],
    ['an unknown one', [], false],
  ])('is not %s', (_name, place, firm) => expect(said(place, firm)).toEqual([]))

  test('is named where a question names its own, unless the sentence does', () => {
    const text = '这是山东省聊城市的报道，不是您问的地方的。'
    expect(said(liaocheng, true)).toEqual([{ kind: 'place', text, citations: [1] }])
    const { notices } = noticed(
      [article('夜市商会在濮阳设立分会。', { place: liaocheng })],
      { statements: [[1]] },
      { places: { paths: [puyang], firm: true } },
    )
    expect(notices).toEqual([])
  })
})

describe('a place asked about, and one around it or within', () => {
  const puyang = ['河南省', '濮阳市']
  const taiqian = [...puyang, '台前县']
  const said = (asked: string[], text: string, given: Given, firm = true) =>
    noticed(
      [article(text, given)],
      { statements: [[1]] },
      { places: { paths: [asked], firm } },
    ).notices.map((notice) => notice.text)
  const wider = '这是濮阳市的报道，引用的话没有点名台前县。'
  const narrower = '这是濮阳市台前县的报道，不一定是整个濮阳市的情况。'

  test.each<[string, string, Given, string[]]>([
    ['a figure of its city', '全市夜市有摊位860个。', { place: puyang }, [wider]],
    ['one of another county', '范县夜市有摊位860个。', { place: puyang }, [wider]],
    [
      'one of another county under its name',
      '范县夜市有摊位860个。',
      { place: puyang, headline: '台前县和范县开夜市' },
      [wider],
    ],
    ['a sentence that names it', '台前县夜市有摊位860个。', { place: puyang }, []],
    [
      'a sentence under its name',
      '夜市有摊位860个。',
      { place: puyang, headline: '台前夜市开市' },
      [],
    ],
    ['its own article', '全县夜市有摊位860个。', { place: taiqian }, []],
    ['an article of no place', '全县夜市有摊位860个。', {}, []],
  ])('a county is answered with %s', (_name, text, given, texts) => {
    expect(said(taiqian, text, given)).toEqual(texts)
  })

  test.each<[string, string, Given, string[]]>([
    ['a figure of its county', '全县夜市有摊位860个。', { place: taiqian }, [narrower]],
    ['one of a county named', '濮阳市台前县夜市有摊位860个。', { place: taiqian }, [narrower]],
    ['a county’s article on the city', '全市夜市有摊位860个。', { place: taiqian }, []],
    ['a county’s that names the city', '濮阳市夜市有摊位860个。', { place: taiqian }, []],
    ['its own article', '夜市有摊位860个。', { place: puyang }, []],
  ])('a city is answered with %s', (_name, text, given, texts) => {
    expect(said(puyang, text, given)).toEqual(texts)
  })

  test('the asker’s own, which is not named, is neither', () => {
    expect(said(taiqian, '全市夜市有摊位860个。', { place: puyang }, false)).toEqual([])
  })

  test('a county beside its city is no surprise; the same of several sentences is said once', () => {
    const of = (...given: Given[]) => given.map((one, i) => article(`夜市${i}有摊位。`, one, i + 1))
    const all = (passages: Passage[]) =>
      noticed(
        passages,
        { statements: passages.map((_, i) => [i + 1]) },
        { places: { paths: [puyang], firm: true } },
      ).notices
    expect(all(of({ place: puyang }, { place: taiqian }))).toEqual([])
    expect(all(of({ place: taiqian }, { place: taiqian }))).toEqual([
      { kind: 'place', text: narrower, citations: [1, 2] },
    ])
  })
})

describe('our own place, which nobody named', () => {
  const said = (question: string, ...places: string[][]) => {
    const passages = places.map((place, i) => article(`夜市${i}有摊位。`, { place }, i + 1))
    const { notices } = noticed(
      passages,
      { statements: passages.map((_, i) => [i + 1]) },
      { question },
    )
    return notices.map(({ text }) => text)
  }
  const puyang = ['河南省', '濮阳市']
  const taiqian = [...puyang, '台前县']

  test.each<[string, string[][], string[]]>([
    ['咱市有夜市吗', [puyang, taiqian], ['问题没有说是哪个地方，这里是濮阳市的报道。']],
    ['咱县有夜市吗', [taiqian], ['问题没有说是哪个地方，这里是台前县的报道。']],
    [
      '市长去了夜市吗',
      [puyang, ['山东省', '聊城市']],
      ['问题没有说是哪个地方，这里是濮阳市、聊城市的报道。'],
    ],
    ['本地有夜市吗', [['北京市', '海淀区']], ['问题没有说是哪个地方，这里是北京市的报道。']],
    ['本地有夜市吗', [[]], ['问题没有说是哪个地方，报道也没有标明地方。']],
    ['夜市有多少摊位', [puyang], []],
    ['本地有夜市吗', [], []],
  ])('%s', (question, places, notices) => expect(said(question, ...places)).toEqual(notices))
})

describe('words that held for a time', () => {
  const said = (text: string, date: string | null, today = '2023-06-01') =>
    noticed([article(text, { date })], { statements: [[1]] }, { today }).notices

  test.each([
    ['目前全县有夜市摊位860个。', '目前'],
    ['县里计划新建夜市两处。', '计划'],
    ['全县力争建成夜市十处。', '力争'],
  ])('are named: %s', (text, word) => {
    expect(said(text, '2022-10')).toEqual([
      { kind: 'stale', text: `“${word}”指报道当时，以后可能有变化。`, citations: [1] },
    ])
  })

  test.each<[string, string, string | null]>([
    ['soon after', '目前全县有夜市摊位860个。', '2023-05'],
    ['without a date', '目前全县有夜市摊位860个。', null],
    ['where nothing holds for a time only', FIRST, '2020'],
  ])('are not named %s', (_name, text, date) => expect(said(text, date)).toEqual([]))

  test.each([
    ['2022-12-03', 0],
    ['2022-12-02', 1],
    ['2022', 0],
    ['2021', 1],
  ])('half a year is the bound: %s', (date, notices) => {
    expect(said('目前全县有夜市摊位860个。', date)).toHaveLength(notices)
  })
})

describe('a question of how things stand now', () => {
  const OLD = '这是报道当时的情况，现在可能有变化。'
  const said = (question: string, ...dates: (string | null)[]) => {
    const passages = dates.map((date, i) => article(`行长王明${i}主持会议。`, { date }, i + 1))
    const { notices, told } = noticed(
      passages,
      { statements: passages.map((_, i) => [i + 1]) },
      { question },
    )
    expect(told.statements).toHaveLength(dates.length)
    return notices.map(({ text, citations }) => [text, ...citations])
  }

  test.each<[string, (string | null)[], (string | number)[][]]>([
    ['行长是谁', ['2023-05'], []],
    ['行长是谁', ['2022-10'], [[OLD, 1]]],
    ['行长是谁', [null], [['报道日期不详，现在可能有变化。', 1]]],
    ['行长是谁', ['2023-05', '2020', '2022-10'], [['这是更早的报道。', 2, 3]]],
    [
      '行长是谁',
      ['2022-10', '2022-09-30'],
      [
        ['这是更早的报道。', 2],
        [OLD, 1],
      ],
    ],
    ['行长是谁', ['2021', '2021-10'], [[OLD, 1]]],
    ['今年谁主持会议', ['2022-10'], [[OLD, 1]]],
    ['谁主持会议', ['2022-10', '2020'], []],
  ])('%s, printed %j', (question, dates, notices) =>
    expect(said(question, ...dates)).toEqual(notices),
  )

  test('another city’s is not the older', () => {
    const of = (city: string, date: string, n: number) =>
      article(`行长王明${n}主持会议。`, { place: ['某省', city], date }, n)
    const { notices } = noticed(
      [of('甲市', '2023-05', 1), of('乙市', '2023-02', 2)],
      { statements: [[1], [2]] },
      { question: '行长是谁' },
    )
    expect(notices).toEqual([])
  })

  test('words that held for a time say it already', () => {
    const { notices } = noticed(
      [article('目前行长是王明。', { date: '2022-10' })],
      { statements: [[1]] },
      { question: '行长是谁' },
    )
    expect(notices.map(({ text }) => text)).toEqual(['“目前”指报道当时，以后可能有变化。'])
  })
})

test('what goes over 200 characters falls away from the end, and nothing of it is cited', () => {
  const long = article(`西关夜市${'摊位很多而且客流很大'.repeat(17)}。`, {}, 2)
  const first = article('目前全县有夜市摊位860个。', { date: '2021-01' })
  const own = [OWN, { ...OWN, text: '语义检索暂时不可用，本次只按字词查找，可能不全。' }]
  const { notices, citations } = noticed(
    [first, long],
    { statements: [[1]], premise: [2] },
    { own },
  )
  expect(notices.map(({ kind }) => kind)).toEqual(['premise'])
  expect(lengthOf(notices.map(({ text }) => text).join(''))).toBeLessThanOrEqual(NOTICES_LIMIT)
  expect(citations).toHaveLength(2)
})
