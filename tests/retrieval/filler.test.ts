import { expect, test } from 'vitest'
import { letterWeights } from '../../src/retrieval/filler.ts'

/** The letters that count in full. */
const content = (question: string) =>
  Array.from(letterWeights(question), (weight, i) => (weight === 1 ? question.charAt(i) : '')).join(
    '',
  )

test.each([
  ['请问环评到底咋办呢？', '环评？'],
  ['能不能给个准数', ''],
  ['企业的社保费能不能缓', '企业社保费缓'],
  ['喇嘛庙在哪儿', '喇嘛庙'],
  ['马那瓜港口', '马那瓜港口'],
  ['那补贴呢？', '补贴？'],
])('%s is about %s', (question, expected) => expect(content(question)).toBe(expected))
