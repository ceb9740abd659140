import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { GOVERNOR_LIST, governs } from '../../src/language/governors.ts'
import { GAZETTEER_LIST, findPlaces, placesNamed } from '../../src/language/places.ts'
import { ownText, useOwnWords } from '../../src/language/word-lists.ts'
import { wordsOf } from '../../src/language/words.ts'
import { THESAURUS_LIST, findKnown } from '../../src/retrieval/thesaurus.ts'
import { tempFolder } from '../support/temp.ts'

afterEach(() => useOwnWords(undefined))

function saved(name: string, text: string | Uint8Array): string {
  const folder = tempFolder()
  writeFileSync(join(folder, name), text)
  useOwnWords(folder)
  return folder
}

describe('a thesaurus', () => {
  const others = (own: string, word: string) =>
    THESAURUS_LIST.with(own).words.get(word)?.toSorted() ?? []

  test('gets groups beside the built-in ones', () => {
    const own = '厂子 > 车间\n甲甲 乙乙 = 丙丙'
    expect(others(own, '厂子')).toEqual([...others('', '厂子'), '车间'].toSorted())
    expect(others(own, '丙丙')).toEqual(['乙乙', '甲甲'])
    expect(others(own, '车间')).toEqual(others('', '车间'))
  })

  test('loses what is taken out, and only that', () => {
    expect(others('', '国企')).toContain('国有企业')
    expect(others('-国企 = 国有企业', '国企')).toEqual(
      others('', '国企').filter((word) => word !== '国有企业'),
    )
    expect(others('- 国企 = 国有企业', '国有企业')).not.toContain('国企')
    expect(others('－央企＝中央企业', '央企')).toEqual([])
    expect(others('-没有的 = 词', '国企')).toEqual(others('', '国企'))
  })

  test('a line put in again behind the one that takes it out holds', () => {
    expect(others('-央企 = 中央企业\n央企 = 中央企业', '央企')).toEqual(['中央企业'])
  })
})

describe('a gazetteer', () => {
  const paths = (own: string, text: string) =>
    GAZETTEER_LIST.with(own)
      .words.find(text)
      .map(({ places }) => places[0]!.path.join('/'))

  test('gets places and other names', () => {
    const own = '[河南省]\n濮阳市: 青湾县 台前县=青台\n白浪市：\n[新洲省]\n远山市=远城: 高处县'
    expect(paths(own, '青湾的企业')).toEqual(['河南省/濮阳市/青湾县'])
    expect(paths(own, '青台')).toEqual(['河南省/濮阳市/台前县'])
    expect(paths(own, '台前县')).toEqual(['河南省/濮阳市/台前县'])
    expect(paths(own, '白浪')).toEqual(['河南省/白浪市'])
    expect(paths(own, '远城高处县')).toEqual(['新洲省/远山市', '新洲省/远山市/高处县'])
    expect(paths('', '青湾的企业')).toEqual([])
  })

  test('loses places, with all that lies in them, or only a name', () => {
    const all = '[河南省]\n-濮阳市:\n'
    expect(paths(all, '濮阳市台前县')).toEqual([])
    expect(paths('[河南省]\n-濮阳市: 台前县', '濮阳市台前县')).toEqual(['河南省/濮阳市'])
    const name = '[河南省]\n-濮阳市: 台前县=台前'
    expect(paths(name, '台前')).toEqual([])
    expect(paths(name, '台前县')).toEqual(['河南省/濮阳市/台前县'])
  })
})

describe('governors', () => {
  const has = (own: string, name: string, text: string) =>
    GOVERNOR_LIST.with(own)
      .words.filter((of) => of.name === name)
      .some(({ entries }) => entries.some(({ word }) => word === text))

  test('get words, and lose them', () => {
    const own = '[if start]\n设若\t✓ 【设若停电】，改用油机\n-若'
    expect(has(own, 'if', '设若')).toBe(true)
    expect(has(own, 'if', '若')).toBe(false)
    expect(has(own, 'if', '如')).toBe(true)
    expect(has('', 'if', '若')).toBe(true)
  })

  test('a word written again gets the other examples', () => {
    const { words } = GOVERNOR_LIST.with('[if start]\n若 ✓ 【若天晴】，通知')
    const entry = words[0]!.entries.find(({ word }) => word === '若')
    expect(entry).toEqual({ word: '若', right: ['【若天晴】，通知'], wrong: [] })
  })
})

test.each([
  [THESAURUS_LIST, '# 说明\n\n只有一个词\n甲甲 = 乙乙', ['thesaurus.txt 第 3 行没有读入']],
  [THESAURUS_LIST, '甲 = 乙 > 丙\n> 丙\n丙 >', ['第 1 行', '第 2 行', '第 3 行']],
  [GAZETTEER_LIST, '濮阳市: 青湾县', ['gazetteer.txt 第 1 行没有读入：上面要有一行 [省名]']],
  [GAZETTEER_LIST, '[河南省]\n青湾县\n甲市: 乙,丙', ['第 2 行', '第 3 行']],
  [GAZETTEER_LIST, '-[河南省]', ['省不能拿掉']],
  [GOVERNOR_LIST, '若', ['governors.txt 第 1 行没有读入：这一行不在任何一类下面']],
  [GOVERNOR_LIST, '[if start]\n[iff start]\n设若', ['第 2 行', '第 3 行']],
  [GOVERNOR_LIST, '[if start]\n设若 就是如果', ['第 2 行']],
])('a line that cannot be read is told, and the others are read', (list, own, faults) => {
  expect(list.with(own).faults).toEqual(faults.map((fault) => expect.stringContaining(fault)))
})

test('a faulty line leaves the built-in words and the good lines', () => {
  const { words } = THESAURUS_LIST.with('只有一个词\n甲甲 = 乙乙')
  expect(words.get('甲甲')).toEqual(['乙乙'])
  expect(words.size).toBe(THESAURUS_LIST.with('').words.size + 2)
})

test('words that staff saved hold everywhere, whatever wrote the file', () => {
  saved('thesaurus.txt', '\uFEFF甲甲 = 乙乙\r\n丙丙 > 丁丁\r\n')
  expect(findKnown('甲甲和丙丙').map(({ others }) => others)).toEqual([['乙乙'], ['丁丁']])
  expect(THESAURUS_LIST.read().faults).toEqual([])
  saved('gazetteer.txt', '[河南省]\n濮阳市: 青湾县')
  expect(findPlaces('青湾')).toHaveLength(1)
  expect(placesNamed('青湾县')).toHaveLength(1)
  expect(findKnown('甲甲')).toEqual([])
  saved('governors.txt', '[if start]\n设若')
  expect(governs('if', wordsOf('设若停电'))).toBe(true)
  useOwnWords(undefined)
  expect(findPlaces('青湾')).toEqual([])
  expect(governs('if', wordsOf('设若停电'))).toBe(false)
})

test('a file that cannot be read is told, and the built-in words hold', () => {
  const folder = saved('thesaurus.txt', Uint8Array.of(0xbc, 0xd7, 0xbc, 0xd7))
  expect(() => ownText(folder, 'thesaurus.txt')).toThrow('thesaurus.txt 读不了（不是 UTF-8 编码）')
  expect(THESAURUS_LIST.read()).toMatchObject({
    faults: [expect.stringContaining('UTF-8')],
    own: '',
  })
  expect(findKnown('国企')).toHaveLength(1)
  mkdirSync(join(folder, 'gazetteer.txt'))
  expect(GAZETTEER_LIST.read().faults).toEqual([expect.stringContaining('EISDIR')])
  expect(placesNamed('濮阳')).not.toEqual([])
})
