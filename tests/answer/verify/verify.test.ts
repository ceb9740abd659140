import { describe, expect, test } from 'vitest'
import { verify } from '../../../src/answer/verify/verify.ts'
import { violations } from '../../../src/answer/verify/violations.ts'
import type { Draft } from '../../../src/answer/verify/draft.ts'
import { hostileDrafts } from './hostile.ts'
import { PARAPHRASES } from './paraphrases.ts'
import { PASSAGES, passage } from './passages.ts'

const QUESTION = '濮阳企业怎么用知识产权贷款，利率多少？'
const [label, quote, text] = PARAPHRASES[5]!

const draft = (over: Partial<Draft> = {}): Draft => ({
  status: 'answered',
  statements: [{ text, evidence: [{ label, quote }] }],
  missing: [],
  premise: null,
  ...over,
})
const check = (over: Partial<Draft> = {}, question = QUESTION) =>
  verify(draft(over), PASSAGES, question)

test('a true statement stands, with its quote and where it stands', () => {
  const { statements, citations, status, rejected } = check()
  expect({ status, rejected, statements }).toEqual({
    status: 'answered',
    rejected: [],
    statements: [{ text, citations: [1] }],
  })
  expect(citations).toHaveLength(1)
  const [citation] = citations
  const at = PASSAGES[label - 1]!.text.indexOf(quote)
  expect(citation).toMatchObject({ n: 1, quote, passageId: PASSAGES[label - 1]!.id })
  expect(citation!.spans).toEqual([
    { start: (label - 1) * 1000 + at, end: (label - 1) * 1000 + at + quote.length },
  ])
})

test('honest paraphrase is let through, at least 95 of 100', () => {
  const dropped = PARAPHRASES.filter(
    ([of, words, said]) =>
      check({ statements: [{ text: said, evidence: [{ label: of, quote: words }] }] }).statements
        .length === 0,
  )
  expect(dropped.length / PARAPHRASES.length).toBeLessThanOrEqual(0.05)
})

describe('no lie comes through', () => {
  const hostile = hostileDrafts()
  const kinds = Map.groupBy(hostile, (h) => h.name)

  test('there are at least 200 of them', () => {
    expect(hostile.length).toBeGreaterThanOrEqual(200)
  })

  test.each([...kinds])('%s', (_, drafts) => {
    const through = drafts.filter((h) => {
      const { statements, notices, missing, rejected } = verify(h.draft, PASSAGES, h.question)
      const said = [...statements, ...notices].map((s) => s.text)
      return [...said, ...missing].includes(h.lie) || !rejected.some((r) => r.text === h.lie)
    })
    expect(through.map((h) => h.lie)).toEqual([])
  })

  test('and what is left of every draft keeps the contract', () => {
    const broken = hostile.flatMap((h) =>
      violations(
        { question: h.question, ...verify(h.draft, PASSAGES, h.question) },
        { passages: PASSAGES },
      ),
    )
    expect(broken).toEqual([])
  })
})

describe('status', () => {
  const cases: readonly (readonly [string, Partial<Draft>, string])[] = [
    ['answered', {}, 'answered'],
    ['partial when something is missing', { missing: ['贷款利率'] }, 'partial'],
    [
      'partial when a statement fell',
      { statements: [...draft().statements, { text: '编的', evidence: [] }] },
      'partial',
    ],
    ['not_found when all fell', { statements: [{ text, evidence: [] }] }, 'not_found'],
    ['not_found when drafted so, whatever it states', { status: 'not_found' }, 'not_found'],
  ]
  test.each(cases)('%s', (_, over, status) => {
    const verified = check(over)
    expect(verified.status).toBe(status)
    expect(violations({ question: QUESTION, ...verified })).toEqual([])
  })
})

test('a quote cited twice has one number, and one within another is the same', () => {
  const words = { label, quote }
  const { citations, statements } = check({
    statements: [
      { text, evidence: [{ label, quote: quote.slice(0, -2) }, words] },
      { text, evidence: [words] },
    ],
  })
  expect(citations).toHaveLength(1)
  expect(statements.map((s) => s.citations)).toEqual([[1], [1]])
})

test('the later statements go when they get too long', () => {
  const long = PASSAGES.map(({ text: whole }, i) => ({
    text: whole.slice(0, 120),
    evidence: [{ label: i + 1, quote: whole }],
  }))
  const { statements, rejected, citations } = check({ statements: long })
  expect(statements.length).toBeGreaterThan(1)
  expect(statements.map((s) => s.text).join('').length).toBeLessThanOrEqual(500)
  expect(rejected.map((r) => r.kind)).toContain('too_long')
  expect(Math.max(...statements.flatMap((s) => s.citations))).toBe(citations.length)
})

test('ten megabytes are refused at once', () => {
  const huge = '企业融资2.86亿元，'.repeat(1_000_000)
  const many = Array.from({ length: 20_000 }, () => ({ text, evidence: [{ label, quote }] }))
  const started = performance.now()
  const flooded = [
    check({ statements: [{ text: huge, evidence: [{ label, quote }] }] }),
    check({ statements: [{ text, evidence: [{ label, quote: huge }] }] }),
    check({ statements: [], missing: [huge], premise: { text: huge, evidence: [] } }),
  ]
  expect(flooded.flatMap((v) => [...v.statements, ...v.missing, ...v.notices])).toEqual([])
  expect(check({ statements: many }).statements.length).toBeLessThan(31)
  expect(performance.now() - started).toBeLessThan(2000)
})

describe('markup is neutralised', () => {
  test.each([
    [`<script>alert(1)</script>`, 'tags'],
    ['\u202e', 'direction marks'],
    ['\u0000\u001b[31m', 'control characters'],
    ['\u200b', 'invisible characters'],
    ['**', 'Markdown'],
    ['\n1. ', 'list marks'],
    ['❌', 'pictures'],
  ])('%j', (mark) => {
    const verified = check({
      statements: [{ text: `${mark}${text}`, evidence: [{ label, quote }] }],
    })
    for (const statement of verified.statements) {
      expect(statement.text).not.toMatch(/[<>*\p{Cc}\p{Cf}\p{Extended_Pictographic}]/u)
    }
  })

  test('a list of steps keeps no numbers of its own', () => {
    const { statements } = check({
      statements: [{ text: `1. ${text}`, evidence: [{ label, quote }] }],
    })
    expect(statements.map((s) => s.text)).toEqual([text])
  })
})

describe('missing', () => {
  test.each([
    ['贷款利率', true],
    ['报道没有提到贷款的具体利率', true],
    ['办理知识产权贷款需要的材料', true],
    ['市财政局的电话', false],
    ['《贷款贴息办法》的内容', false],
    ['年利率3.85%', false],
    ['该政策已经取消', false],
  ])('%s', (what, stands) => {
    expect(check({ missing: [what] }).missing).toEqual(stands ? [what] : [])
  })
})

describe('notices', () => {
  const evidence = [{ label, quote }]
  test.each([
    ['nearest', '报道只写了濮阳市的情况。', evidence, true],
    ['stale', '这是2022年10月的报道，情况可能有变。', evidence, true],
    ['degraded', '语言模型暂时不可用，以下为原文摘录。', [], true],
    ['nearest', '市财政局另有补贴。', evidence, false],
    ['scope', '另见《贷款贴息办法》。', [], false],
    ['stale', '这是2019年的报道。', evidence, false],
    ['conflict', '两篇报道不一致。', [], false],
  ] as const)('%s: %s', (kind, said, quotes, stands) => {
    const { notices } = check({}, QUESTION)
    expect(notices).toEqual([])
    const verified = verify(
      { ...draft(), notices: [{ kind, text: said, evidence: [...quotes] }] },
      PASSAGES,
      QUESTION,
    )
    expect(verified.notices.map((n) => n.text)).toEqual(stands ? [said] : [])
    expect(violations({ question: QUESTION, ...verified })).toEqual([])
  })
})

test('a premise is corrected in the words of the quote', () => {
  const words = '无需承担任何报装及建设费用'
  const verified = check(
    {
      premise: {
        text: '不是要交钱，新入驻企业无需承担任何报装及建设费用。',
        evidence: [{ label: 6, quote: words }],
      },
    },
    '高铁片区接电要交钱吧？',
  )
  expect(verified.notices).toMatchObject([{ kind: 'premise', citations: [2] }])
})

test('a clause cut from a plan is still a plan', () => {
  const quote8 = '建成一处各类种苗组培中心'
  const verified = check({
    statements: [{ text: '已建成一处各类种苗组培中心', evidence: [{ label: 8, quote: quote8 }] }],
  })
  expect(verified.rejected).toMatchObject([{ kind: 'plan' }])
})

test('a figure from the rest of the quoted sentence widens the quote', () => {
  const { citations, statements } = check({
    statements: [
      {
        text: '20家企业获得质押融资2.86亿元',
        evidence: [{ label: 2, quote: '获得质押融资2.86亿元' }],
      },
    ],
  })
  expect(statements).toHaveLength(1)
  expect(citations[0]?.quote).toContain('20家企业')
})

describe('violations', () => {
  const good = { question: QUESTION, ...check() }
  const citation = good.citations[0]!
  test.each([
    ['1', { statements: [{ text, citations: [] }] }],
    ['1', { statements: [{ text, citations: [2] }] }],
    ['1', { citations: [citation, { ...citation, n: 2 }] }],
    ['1', { citations: [{ ...citation, quote: '短' }] }],
    ['2', { citations: [{ ...citation, quote: '并没有这样的话在这一段里' }] }],
    ['2', { citations: [{ ...citation, spans: [] }] }],
    ['3', { statements: [{ text: '融资999亿元', citations: [1] }] }],
    ['4', { status: 'not_found' as const }],
    ['4', { statements: [], citations: [] }],
    ['5', { statements: [{ text: text.repeat(20), citations: [1] }] }],
    ['6', { missing: ['市财政局的电话'] }],
    ['6', { missing: ['利率3.85%'] }],
  ])('of rule %s', (rule, over) => {
    expect(violations(good, { passages: PASSAGES })).toEqual([])
    const found = violations({ ...good, ...over }, { passages: PASSAGES })
    expect(found.some((v) => v.startsWith(rule))).toBe(true)
  })

  test('of a quote that its source does not print', () => {
    const readSource = () => passage('别的话').text
    expect(violations(good, { readSource }).some((v) => v.startsWith('2'))).toBe(true)
  })
})
