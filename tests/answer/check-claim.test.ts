import { describe, expect, test } from 'vitest'
import { createCheckClaim } from '../../src/answer/check-claim.ts'
import { bigrams, overlap } from '../../src/language/content.ts'
import { sentences } from '../../src/language/sentences.ts'
import type { Question } from '../../src/corpus.ts'
import { PARAPHRASES } from './verify/paraphrases.ts'
import { PASSAGES } from './verify/passages.ts'

/** Passages by the words they share with the question. */
async function retrieve({ question }: Question, limit: number) {
  const wanted = bigrams(question)
  const results = PASSAGES.map((passage) => ({
    passage,
    score: overlap(wanted, bigrams(passage.text)),
  }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score)
  return { results: results.slice(0, limit) }
}

const checkClaim = createCheckClaim({ retrieve, now: () => 0 })
const verdict = async (claim: string) => (await checkClaim({ claim })).verdict

/** Sentences as printed, in every other of which a figure, a name or a negation is altered. */
const ALTERATIONS: readonly (readonly [RegExp, string])[] = [
  [/\d+(?=家|件|笔|份|个|项)/u, '97'],
  [/\d+(?:\.\d+)?%/u, '3.7%'],
  [/\d+(?:\.\d+)?(?=[万亿])/u, '71.9'],
  [/国网濮阳供电公司/u, '国网开封供电公司'],
  [/“专精特新贷”|“政银担”|“电等企业”/u, '“惠企快贷”'],
  [/濮阳市(?=公共)|阳谷县|濮阳县|濮阳高铁/u, '郑州市'],
  [/无(?=一笔|担保|外线)|不(?=收取|影响)|无需/u, ''],
  [/无法/u, '能够'],
  [/增长/u, '下降'],
  [/压缩|降低/u, '增加'],
]

const PRINTED = PASSAGES.flatMap(({ text }) =>
  sentences(text)
    .map(({ start, end }) => text.slice(start, end))
    .filter((sentence) => sentence.length >= 20),
)
const ALTERED = PRINTED.flatMap((sentence, i) => {
  const ways = ALTERATIONS.map(([pattern, by]) => sentence.replace(pattern, by)).filter(
    (s) => s !== sentence,
  )
  const altered = ways[i % Math.max(1, ways.length)]
  return altered === undefined ? [] : [altered]
})

test('of 60 sentences, half of them altered, the verdict is right for at least 95 of 100', async () => {
  const claims = [
    ...PRINTED.slice(0, 30).map((claim) => ({ claim, right: 'found' })),
    ...ALTERED.slice(0, 30).map((claim) => ({ claim, right: 'changed' })),
  ]
  expect(claims).toHaveLength(60)
  const verdicts = await Promise.all(
    claims.map(async ({ claim, right }) => ({ claim, right, is: await verdict(claim) })),
  )
  const wrong = verdicts.filter(({ right, is }) => right !== is)
  expect(wrong.length, JSON.stringify(wrong)).toBeLessThanOrEqual(3)
})

test('what is said in other words is found, at least nine times of ten', async () => {
  const verdicts = await Promise.all(PARAPHRASES.map(([, , text]) => verdict(text)))
  expect(verdicts.filter((v) => v === 'found').length / verdicts.length).toBeGreaterThanOrEqual(0.9)
})

describe('not_found', () => {
  test.each([
    '濮阳市住房公积金最高可贷60万元',
    '对新购新能源汽车给予每辆2000元补贴',
    '地铁三号线开通运营',
    '你好',
    '。。。',
  ])('%s', async (claim) => {
    expect(await checkClaim({ claim })).toEqual({
      claim,
      verdict: 'not_found',
      citations: [],
      differences: [],
      ms: 0,
    })
  })
})

describe('differences', () => {
  test.each([
    ['对认定的省级中试基地，市财政、受益财政各奖500万元。', '500万元', '300万元'],
    ['工业投资同比增长27.6%，居全省第1位', '27.6%', '57.6%'],
    ['工业投资同比增长57.6%，居全省第4位', '第4位', '第1位'],
    ['截至目前，台前县绿电制氢项目推进平稳，已完成工程总进度的95%。', '95%', '75%'],
    [
      '6月21日，建设银行台前县支行成功为“专精特新”中小企业授信首笔信用类“专精特新贷”200万元',
      '建设银行',
      '邮储银行',
    ],
    ['其间收取滞纳金，不影响正常享受各项社会保险待遇', '收取', '不收取'],
  ])('%s', async (claim, claimed, printed) => {
    const { verdict: is, differences, citations } = await checkClaim({ claim })
    expect(is).toBe('changed')
    expect(citations[0]?.quote).toContain(printed)
    expect(
      differences.some((d) => d.claimed.includes(claimed) && d.printed.includes(printed)),
      JSON.stringify(differences),
    ).toBe(true)
  })
})

test('the quote stands at its spans', async () => {
  const { citations } = await checkClaim({
    id: 'c1',
    claim: '全市知识产权质押融资单笔贷款最高1.5亿元，最低30万元',
  })
  const [citation] = citations
  const at = PASSAGES.findIndex((p) => p.id === citation?.passageId)
  const { start, end } = citation!.spans[0]!
  expect(PASSAGES[at]!.text.slice(start - at * 1000, end - at * 1000)).toBe(citation?.quote)
})
