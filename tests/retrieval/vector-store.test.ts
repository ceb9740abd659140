import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openVectorStore } from '../../src/retrieval/vector-store.ts'
import { tempFolder } from '../support/temp.ts'

const newFile = () => join(tempFolder(), 'data', 'vectors.sqlite')

function open(file: string, notices: string[] = []) {
  const store = openVectorStore(file, { onNotice: (notice) => notices.push(notice) })
  onTestFinished(() => store.close())
  return store
}

const space = { model: 'm', dimensions: 2 }
const vector = Float32Array.of(0.6, -0.8)

test('knows a text again to the bit, also in another process', () => {
  const file = newFile()
  open(file).put(space, ['甲'], [vector])
  const store = open(file)
  expect(store.get(space, ['乙', '甲', '甲'])).toEqual([undefined, vector, vector])
  expect(store.length(space)).toBe(2)
})

test.each([
  ['another model', { model: 'n', dimensions: 2 }, '甲'],
  ['another length asked for', { model: 'm', dimensions: 4 }, '甲'],
  ["the model's own length", { model: 'm' }, '甲'],
  ['another text', space, '甲乙'],
])('%s is not the same', (_name, other, text) => {
  const store = open(newFile())
  store.put(space, ['甲'], [vector])
  expect(store.get(other, [text])).toEqual([undefined])
})

test('keeps a part of a larger array, not what stands around it', () => {
  const store = open(newFile())
  store.put(space, ['甲'], [Float32Array.of(9, 0.6, -0.8, 9).subarray(1, 3)])
  expect(store.get(space, ['甲'])).toEqual([vector])
})

test('two open at once see what the other keeps', () => {
  const file = newFile()
  const [one, other] = [open(file), open(file)]
  one.put(space, ['甲'], [vector])
  other.put(space, ['乙'], [vector])
  expect(one.get(space, ['甲', '乙'])).toEqual([vector, vector])
})

test('does not keep what was embedded, only its digest', () => {
  const file = newFile()
  open(file).put(space, ['我的公司欠税怎么办'], [vector])
  for (const name of readdirSync(dirname(file))) {
    expect(readFileSync(join(dirname(file), name)).includes('我的公司')).toBe(false)
  }
})

test('a damaged file is kept beside and told of', () => {
  const file = join(tempFolder(), 'vectors.sqlite')
  writeFileSync(file, 'no database at all, '.repeat(100))
  const notices: string[] = []
  expect(open(file, notices).get(space, ['甲'])).toEqual([undefined])
  expect(notices).toHaveLength(1)
  expect(readdirSync(dirname(file))).toContain('vectors.sqlite.damaged')
})
