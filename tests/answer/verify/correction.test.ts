import { describe, expect, test } from 'vitest'
import { verify } from '../../../src/answer/verify/verify.ts'
import { passage } from './passages.ts'

const BUNDLED = '实施环评打捆，报告内容共享率60%，编制成本降低约30%，审批时间压缩20%'
const BASES = '目前，我市已建成市级中试基地4个'
const HUTS = '关于核酸小屋转型再利用，韩中华代表提出'

/** The premise that comes through, if it does. */
function corrected(question: string, quote: string, text: string): string | undefined {
  const evidence = [{ label: 1, quote }]
  const statements = [{ text: quote, evidence }]
  const draft = {
    status: 'answered' as const,
    statements,
    missing: [],
    premise: { text, evidence },
  }
  return verify(draft, [passage(`${quote}。`)], question).notices[0]?.text
}

describe('a correction', () => {
  test.each([
    ['环评打捆把审批时间压缩了60%，对吧？', BUNDLED, '不对，审批时间压缩20%。'],
    ['环评打捆把审批时间压缩了60%，对吧？', BUNDLED, '说法有误，报道写的是：审批时间压缩20%。'],
    [
      '全市已经有4个省级中试基地了，没错吧？',
      BASES,
      '说法有误，报道写的是：已建成市级中试基地4个。',
    ],
    ['常更立代表建议怎么改核酸小屋？', HUTS, '不对，提出核酸小屋转型再利用的是韩中华代表。'],
  ])('may open by saying so: %s', (question, quote, text) => {
    expect(corrected(question, quote, text)).toBe(text)
  })

  test.each([
    [
      'says another figure',
      '环评打捆把审批时间压缩了60%，对吧？',
      BUNDLED,
      '不对，审批时间压缩25%。',
    ],
    ['says nothing', '环评打捆把审批时间压缩了60%，对吧？', BUNDLED, '不对。'],
    [
      'names somebody else',
      '常更立代表建议怎么改核酸小屋？',
      HUTS,
      '不对，李建国代表提出了核酸小屋转型再利用。',
    ],
    [
      'says the contrary of what it quotes',
      '高铁片区接电要交报装费吗？',
      '高铁片区新入驻企业供电“即插即用”，无需承担任何报装及建设费用',
      '说法有误，报道写的是：高铁片区新入驻企业要交报装费。',
    ],
    [
      'says yes to what no quote speaks of',
      '高铁片区接电有没有补贴？',
      '高铁片区新入驻企业供电“即插即用”，无需承担任何报装及建设费用',
      '不对，有补贴。',
    ],
    ['denies what is so', '环评打捆把审批时间压缩20%，对吧？', BUNDLED, '不对，审批时间压缩20%。'],
    [
      'denies what is so, in other words',
      '我市已建成市级中试基地4个，对吗？',
      BASES,
      '说法有误，报道写的是：已建成市级中试基地4个。',
    ],
  ])('falls when it %s', (_name, question, quote, text) => {
    expect(corrected(question, quote, text)).toBeUndefined()
  })
})
