import { expect, test } from 'vitest'
import { belonging } from '../../../src/answer/tell/belonging.ts'
import { GOVERNORS, governorsOf } from '../../../src/language/governors.ts'
import { pieces } from '../../../src/language/pieces.ts'
import { readSentence } from '../../../src/language/read-sentence.ts'

const governs = governorsOf(GOVERNORS)

/** What is told of a sentence when the clauses that hold these words were picked, a space between clauses. */
function told(text: string, ...words: readonly string[]): string {
  const read = readSentence(text, pieces(text), governs)
  const texts = read.clauses.map(({ clause }) => clause.text)
  const picked = new Set(words.map((word) => texts.findIndex((own) => own.includes(word))))
  for (const clause of belonging(picked, read)) picked.add(clause)
  return texts.filter((_, i) => picked.has(i)).join(' ')
}

test.each([
  [
    '夜市摊位费收入3.5亿元，增长率为9%；冷库租金收入2亿元，增长率为50%。',
    ['3.5亿元', '50%'],
    '夜市摊位费收入3.5亿元 冷库租金收入2亿元 增长率为50%',
  ],
  [
    '茶叶产量增长6%，高于全省1个百分点；药材产量增长8%，高于全省2个百分点。',
    ['茶叶产量', '2个百分点'],
    '茶叶产量增长6% 药材产量增长8% 高于全省2个百分点',
  ],
])('behind ； another thing is spoken of: %s', (text, words, expected) => {
  expect(told(text, ...words)).toBe(expected)
})

test('where nothing but frames stand behind ；, nothing more is told', () => {
  const text = '夜市摊位费收入3.5亿元；如果下雨，如果刮风。'
  expect(told(text, '3.5亿元', '刮风')).toBe('夜市摊位费收入3.5亿元 如果下雨 如果刮风')
})

test('of what one segment says alone, nothing is another’s', () => {
  const text = '夜市摊位费收入3.5亿元，增长率为9%；冷库租金收入2亿元，增长率为50%。'
  expect(told(text, '9%')).toBe('增长率为9%')
  expect(told(text, '3.5亿元', '9%')).toBe('夜市摊位费收入3.5亿元 增长率为9%')
})

test('what is done by one is not told as done by another', () => {
  const text = '王明负责招商工作，李四负责环保工作，定期走访企业。'
  expect(told(text, '招商', '走访')).toBe('王明负责招商工作 李四负责环保工作 定期走访企业')
  expect(told(text, '走访')).toBe('定期走访企业')
})

test('a thing alone in front is whose all of it is', () => {
  const text = '山区县的冷库，租金不高于8元，押金不高于60元。'
  expect(told(text, '押金')).toBe('山区县的冷库 押金不高于60元')
})
