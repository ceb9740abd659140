import { readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { sideBySide, cut, labelled } from '../../../src/answer/tell/cut.ts'
import { governorsOf } from '../../../src/language/governors.ts'
import { cuttable, indexesOf } from './told.ts'

const SRC = fileURLToPath(new URL('../../../src', import.meta.url))

test('words become a cut in one place of all sources, so that nothing else can be told', () => {
  const found = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .flatMap((name) => {
      const made = readFileSync(join(SRC, name), 'utf8').match(/\bas Cut\b|<Cut>\s*[\w(`'"]/gu)
      return (made ?? []).map(() => name)
    })
  expect(found).toEqual([join('answer', 'tell', 'cut.ts')])
})

describe('a cut', () => {
  const sentence = cuttable('今年，青石镇引进纺织企业9家，投资总额达到4亿元。', {
    printed: { date: '2022-10', place: [] },
  })

  test('says which pieces it tells, those beside the picked ones among them', () => {
    const { text, told, label } = cut(sentence, indexesOf(sentence, ['投资总额']))
    expect(told).toEqual(new Set([0, 1, 2]))
    expect(label).toBeNull()
    expect(text).toBe('今年（2022年），青石镇引进纺织企业9家，投资总额达到4亿元。')
  })

  test('is the same whatever the order of the picks', () => {
    expect(cut(sentence, [2, 0]).text).toBe(cut(sentence, new Set([0, 2])).text)
  })

  test('of proposals has its own label, which a given one replaces', () => {
    const proposal = cut(cuttable('建议延长营业时间。'), [0])
    expect(labelled(proposal)).toBe('有人建议：建议延长营业时间。')
    expect(labelled(proposal, '说法有误，报道写的是')).toBe(
      '说法有误，报道写的是：建议延长营业时间。',
    )
  })

  test('knows only the governors that it is given', () => {
    const none = cut(cuttable('建议延长营业时间。'), [0], governorsOf([]))
    expect(labelled(none)).toBe('建议延长营业时间。')
  })

  test('stands beside another as it is', () => {
    const [first, second] = ['摊位860个。', '摊位910个。'].map((text) => cut(cuttable(text), [0]))
    expect(sideBySide(labelled(first!, '《甲》写的是'), labelled(second!, '《乙》写的是'))).toBe(
      '《甲》写的是：摊位860个。《乙》写的是：摊位910个。',
    )
  })
})
