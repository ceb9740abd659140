import { expect, test } from 'vitest'
import { type Change, inverse, withChange } from '../../../src/desk/words/changes.ts'
import { CLASSES, LISTS, type ListName, headOf, listed } from '../../../src/desk/words/lists.ts'

const change = (list: ListName, section: string, text: string, takesOut = false): Change => ({
  list,
  section,
  text,
  takesOut,
})

const CASES: readonly [string, string, Change, string][] = [
  ['a group', '甲 > 乙\n', change('thesaurus', '', '丙 > 丁'), '甲 > 乙\n丙 > 丁\n'],
  ['a group again', '甲 > 乙\n', change('thesaurus', '', '甲 > 乙'), '甲 > 乙\n'],
  [
    'one that is built in',
    '甲 > 乙\n',
    change('thesaurus', '', '丙 = 丁', true),
    '甲 > 乙\n-丙 = 丁\n',
  ],
  ['one of theirs', '甲 > 乙\n丙 = 丁\n', change('thesaurus', '', '甲 > 乙', true), '丙 = 丁\n'],
  ['one taken out', '- 丙 = 丁\r\n', change('thesaurus', '', '丙 = 丁'), '\n'],
  [
    'a place into its province',
    '[甲省]\n乙市: 丙县\n\n[丁省]\n戊市:\n',
    change('gazetteer', '[甲省]', '乙市: 己县'),
    '[甲省]\n乙市: 丙县\n乙市: 己县\n\n[丁省]\n戊市:\n',
  ],
  [
    'a place into a province without any',
    '# 说明\n',
    change('gazetteer', '[甲省]', '乙市:', true),
    '# 说明\n\n[甲省]\n-乙市:\n',
  ],
  [
    'a word with other examples',
    '[if start]\n设若\t✓ 【设若下雨】，停工\n',
    change('governors', '[if start]', '设若\t✓ 【设若停电】，停工'),
    '[if start]\n设若\t✓ 【设若停电】，停工\n',
  ],
  [
    'a built-in word, by itself',
    '[if start]\n设若\t✓ 【设若下雨】，停工\n',
    change('governors', '[if start]', '若\t✓ 【若有变动】，另行通知', true),
    '[if start]\n设若\t✓ 【设若下雨】，停工\n-若\n',
  ],
  [
    'a word of one class, not of another',
    '[if start]\n-若\n[time any]\n-时\n',
    change('governors', '[time any]', '若\t✓ 【若】'),
    '[if start]\n-若\n[time any]\n-时\n若\t✓ 【若】\n',
  ],
]

test.each(CASES)('%s', (_name, own, given, expected) => {
  expect(withChange(own, given)).toBe(expected)
})

test('what is added and taken back leaves the file as it was', () => {
  for (const [, own, given] of CASES.filter(([name]) => !/again|other/.test(name))) {
    const back = withChange(withChange(own, given), inverse(given))
    expect(LISTS[given.list].with(back)).toMatchObject({ faults: [] })
    const lines = (text: string) => listed(given.list, text).map((line) => JSON.stringify(line))
    expect(lines(back).toSorted()).toEqual(lines(own).toSorted())
  }
})

test('a new file says how it is written', () => {
  expect(withChange('', change('thesaurus', '', '甲 > 乙'))).toMatch(
    /^# 本地的同义词.*\n甲 > 乙\n$/u,
  )
})

test('every class of governors is explained to staff', () => {
  expect(CLASSES.map(({ head }) => head)).toEqual(LISTS.governors.with('').words.map(headOf))
  for (const { title, about } of CLASSES) expect([title, about]).not.toContain('')
})

test('lines are listed with what became of them', () => {
  const lines = listed('governors', '[if start]\n-若\n-没有的词\n设若\t✓ 【设若停电】，停工')
  const of = (word: string) => lines.filter(({ text }) => text.split('\t')[0] === word)
  expect(of('若').map(({ state }) => state)).toEqual(['taken-out'])
  expect(of('设若')).toMatchObject([{ section: '[if start]', state: 'own' }])
  expect(of('没有的词').map(({ state }) => state)).toEqual(['taken-out'])
  expect(of('倘若').map(({ state }) => state)).toEqual(['built-in'])
})
