import { expect, test } from 'vitest'
import { dropNearDuplicates } from '../../src/retrieval/near-duplicates.ts'

const sentence =
  '对同一产业园区、不同建设单位的同类建设项目，捆绑开展环评审批，统一提出污染防治要求，各建设单位作为项目的实施主体，共同对生态环境质量负责，加快建设项目投资落地，助力小微企业良性发展。'
const keep = (texts: string[], limit = 10) => dropNearDuplicates(texts, (text) => text, limit)

test.each([
  ['the same letters in other punctuation', [sentence, sentence.replaceAll('，', ',')], 1],
  ['a slip of one letter', [sentence, sentence.replace('落地', '落他')], 1],
  ['the half of it', [sentence, sentence.slice(0, sentence.length / 2)], 2],
  ['short ones that differ in a figure', ['奖励300万元', '奖励500万元'], 2],
  ['short ones that are the same', ['奖励300万元', '奖励 300 万元。'], 1],
])('%s', (_name, texts, kept) => expect(keep(texts)).toHaveLength(kept))

test('the first of them stays, and only as many as asked for', () => {
  expect(keep(['甲', '乙', '甲', '丙'], 2)).toEqual(['甲', '乙'])
})
