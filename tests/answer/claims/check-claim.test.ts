import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createCheckClaim } from '../../../src/answer/claims/check-claim.ts'
import { failure } from '../../../src/answer/model/failure.ts'
import type { PointAtClaim } from '../../../src/answer/pick/point-at-claim.ts'
import { openLibrary } from '../library.ts'

let folder: string
let library: Awaited<ReturnType<typeof openLibrary>>
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wence-claims-'))
  library = await openLibrary(folder)
})
afterAll(async () => {
  await library.close()
  await rm(folder, { recursive: true })
})

function check(claim: string, point?: PointAtClaim, spend = () => true) {
  const { retrieve, index } = library
  const passages = (id: string) => index.passages(id)
  const checkClaim = createCheckClaim({ retrieve, passages, now: () => 0, ...(point && { point }) })
  return checkClaim({ claim }, { spend })
}

describe('verdicts', () => {
  test.each([
    ['found', '截至10月底，全市35家企业通过专利质押获得贷款4.2亿元，单笔最高3000万元。'],
    ['found', '截至10月底，鹤壁市三十五家企业通过专利质押获得贷款42000万元，单笔最高0.3亿元'],
    ['found', '3月8日，浚县对用电容量160千瓦以下的小微企业实行零投资接电。'],
    ['found', '简化评估流程'],
    ['found', '2022年前8个月，德州市专利质押贷款达到7.9亿元，同比增长21%。'],
    ['changed', '截至10月底，全市53家企业通过专利质押获得贷款4.2亿元'],
    ['changed', '2023年前8个月，德州市专利质押贷款达到7.9亿元'],
    ['changed', '浚县对小微企业实行零投资接电，企业需要承担接电费用'],
    ['near', '浚县的小企业接电不用自己花钱了'],
    ['near', '德州的专利贷款比鹤壁还多'],
    ['not_found', '地铁三号线下月开通运营'],
    ['not_found', '市动物园新来了两只大熊猫'],
    ['not_found', '你好'],
    ['not_found', '。。。'],
    ['not_found', ''],
  ])('%s: %s', async (verdict, claim) =>
    expect(await check(claim)).toMatchObject({ claim, verdict }),
  )
})

test('quotes the whole sentence', async () => {
  const { citations } = await check('截至10月底，全市35家企业通过专利质押获得贷款4.2亿元')
  expect(citations).toMatchObject([
    {
      n: 1,
      headline: '全市专利质押贷款情况',
      quote: '截至10月底，全市35家企业通过专利质押获得贷款4.2亿元，单笔最高3000万元。',
    },
  ])
})

test('cites each of two sentences that a passage parts', async () => {
  const claim = '三是推行线上登记。全市规模以上工业企业612家'
  const { verdict, citations } = await check(claim)
  expect([verdict, citations.map(({ n }) => n)]).toEqual(['found', [1, 2]])
})

test('names what differs', async () => {
  const { differences } = await check('截至目前，每一笔专利质押贷款都没有逾期；全市工业企业621家')
  expect(differences).toEqual([])
  expect((await check('全市规模以上工业企业621家，数量居全省第9位')).differences).toEqual([
    { claimed: '621家', printed: '612家' },
  ])
})

test('of what is longer than is read, nothing is judged', async () => {
  const printed = '截至10月底，全市35家企业通过专利质押获得贷款4.2亿元，单笔最高3000万元。'
  const { verdict, differences } = await check(`${printed}${'　'.repeat(500)}全是假的`)
  expect([verdict, differences]).toEqual(['near', []])
})

test('near shows one or two sentences and judges nothing', async () => {
  const { citations, differences } = await check('浚县的小企业接电不用自己花钱了')
  expect(differences).toEqual([])
  expect(citations.length).toBeLessThanOrEqual(2)
  expect(citations[0]?.quote).toContain('零投资接电')
})

describe('with a model', () => {
  const pointing =
    (words: string): PointAtClaim =>
    async (_claim, context) => ({
      status: 'pointed',
      says: context.articles.flatMap((article) =>
        article.sentences.filter(({ text }) => text.includes(words)).map(({ first }) => first),
      ),
      denies: [],
      model: 'm',
      promptVersion: 'claim-1',
    })

  test('what it points at is shown, whatever words say', async () =>
    expect(await check('小企业通电不要钱', pointing('零投资接电'))).toMatchObject({
      verdict: 'near',
      citations: [{ quote: expect.stringContaining('零投资接电') }],
    }))

  test('it cannot make anything be found', async () => {
    const { verdict } = await check('浚县小微企业全部免税', pointing('零投资接电'))
    expect(verdict).toBe('near')
  })

  test.each<[string, PointAtClaim]>([
    ['points at nothing', pointing('没有这句')],
    ['fails', async () => failure('timeout', 'late')],
  ])('that %s leaves it to words', async (_name, point) => {
    const claim = '浚县的小企业接电不用自己花钱了'
    expect(await check(claim, point)).toEqual(await check(claim))
  })

  test('is not asked once the budget is spent', async () => {
    const asked = () => Promise.reject(new Error('asked'))
    const claim = '小企业通电不要钱'
    expect(await check(claim, asked, () => false)).toEqual(await check(claim))
  })

  test('is not asked what words can tell', async () => {
    const asked = () => Promise.reject(new Error('asked'))
    expect(await check('全市规模以上工业企业612家', asked)).toMatchObject({ verdict: 'found' })
  })
})
