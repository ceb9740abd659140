import { expect, test } from 'vitest'
import { conflicting } from '../../../../src/answer/pick/learned/conflict.ts'
import { see } from '../../../../src/answer/pick/learned/pick.ts'
import { type Printed, requestFor } from './seen.ts'

const QUESTION = '青湾全市规模以上茶叶加工企业有多少家？'
const FIRST = '青湾全市规模以上茶叶加工企业61家。'

function conflictWith(other: string | Printed, first: string | Printed = FIRST) {
  const { seen, values } = see(requestFor(QUESTION, [first, other]))
  const candidates = seen.map((one, i) => ({ seen: one, values: values[i]!, score: -i, share: 0 }))
  return conflicting(candidates[0]!, candidates.slice(1))?.other.seen.sentence.text
}

test('another figure for the same thing is one', () => {
  const other = '全市规模以上茶叶加工企业58家，产值稳定。'
  expect(conflictWith(other)).toBe(other)
})

test.each<[string, string | Printed]>([
  ['the same figure', '青湾全市规模以上茶叶加工企业61家，产值稳定。'],
  [
    'the same figure beside another',
    '前6期评比中，青湾全市规模以上茶叶加工企业61家，比上年多3家。',
  ],
  ['another measure', '青湾全市规模以上茶叶加工企业61亿元产值。'],
  ['another thing', '全市规模以上瓷器加工与包装企业58家。'],
  ['another place', { place: ['江苏省', '南通市'], text: '全市规模以上茶叶加工企业58家。' }],
])('%s is none', (_, other) => {
  expect(conflictWith(other)).toBeUndefined()
})

test('nor is what is not asked about', () => {
  const beside = '青湾全市规模以上茶叶加工企业61家，另有采茶季节性用工合作组织12家。'
  expect(conflictWith('另有采茶季节性用工合作组织15家。', beside)).toBeUndefined()
})
