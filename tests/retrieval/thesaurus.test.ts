import { expect, test } from 'vitest'
import { findKnown, parseThesaurus, THESAURUS_LIST } from '../../src/retrieval/thesaurus.ts'

const THESAURUS = THESAURUS_LIST.with('').words

const small = parseThesaurus('# 说明\n厂子 = 企业 公司\n厂 > 企业\n接电 = 用电报装')

test('words of a group stand for each other, what is written first', () => {
  expect(small.get('厂子')).toEqual(['企业', '公司'])
  expect(small.get('公司')).toEqual(['企业', '厂子'])
})

test('> goes one way', () => {
  expect(small.get('厂')).toEqual(['企业'])
  expect(small.get('企业')).not.toContain('厂')
})

test('a word in two groups has the words of both', () => {
  expect(parseThesaurus('甲甲 = 乙乙\n甲甲 = 丙丙').get('甲甲')).toEqual(['乙乙', '丙丙'])
})

test.each([
  ['the longest word', '厂子怎么接电', ['厂子', '接电']],
  ['a single letter only where it is a word', '厂房', []],
  ['a single letter that is one', '我的厂，', ['厂']],
])('finds %s', (_name, text, expected) => {
  expect(findKnown(text, small).map(({ start, end }) => text.slice(start, end))).toEqual(expected)
})

test.each([
  ['厂子', '企业'],
  ['接电', '用电报装'],
  ['高企', '高新技术企业'],
  ['没抵押物', '质押'],
  ['环评', '环境影响评价'],
  ['社保费', '社会保险费'],
  ['招人', '用工'],
  ['补贴', '奖补'],
])('ours knows that %s is %s', (said, written) => expect(THESAURUS.get(said)).toContain(written))

test('ours is broad, and nobody stands for himself', () => {
  expect(THESAURUS.size).toBeGreaterThan(1000)
  for (const [word, others] of THESAURUS) expect(others).not.toContain(word)
})
