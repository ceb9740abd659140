import { execFile } from 'node:child_process'
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import type { Correction } from '../../../src/correction.ts'
import { openCorrections } from '../../../src/ingest/corrections/corrections-file.ts'
import { tempFolder } from '../../support/temp.ts'

const headline = (id: string, source = 'a.txt'): Correction => ({
  id,
  source,
  line: null,
  words: '泰山区设立助企资金',
  near: 0,
  what: 'headline',
  value: '泰山区助企纾困',
  by: '小王',
  at: '2026-11-26T08:00:00Z',
})

function open() {
  const file = join(tempFolder(), 'corrections.jsonl')
  const notices: string[] = []
  return { file, notices, corrections: openCorrections(file, { onNotice: (n) => notices.push(n) }) }
}

const ids = (all: readonly Correction[]) => all.map(({ id }) => id)

test('keeps what is corrected, in order, until it is taken back', () => {
  const { corrections } = open()
  expect(corrections.all()).toEqual([])
  for (const id of ['1', '2', '3']) corrections.add(headline(id))
  corrections.undo('2')
  expect(corrections.all()).toEqual([headline('1'), headline('3')])
})

test('a source that goes by another name takes its corrections along', () => {
  const { corrections } = open()
  corrections.add(headline('1'))
  corrections.add(headline('2', 'b.txt'))
  corrections.rename('a.txt', '2024/a.txt')
  expect(corrections.all().map(({ source }) => source)).toEqual(['2024/a.txt', 'b.txt'])
})

test('a line that was cut off, or broken by hand, is told, and costs no other', () => {
  const { file, notices, corrections } = open()
  corrections.add(headline('1'))
  appendFileSync(file, 'by hand\n{"id":"2","sour')
  corrections.add(headline('3'))
  expect(ids(corrections.all())).toEqual(['1', '3'])
  expect(notices).toEqual([
    expect.stringContaining('corrections.jsonl:2: '),
    expect.stringContaining('corrections.jsonl:3: '),
  ])
})

test.each([
  ['a day that is none', { ...headline('1'), what: 'date', value: '去年' }],
  ['a kind that is none', { ...headline('1'), what: 'kind', value: 'poem' }],
  ['no words to find its place by', { ...headline('1'), words: '' }],
])('%s is no correction', (_, line) => {
  const { file, notices, corrections } = open()
  writeFileSync(file, `${JSON.stringify(line)}\n`)
  expect(corrections.all()).toEqual([])
  expect(notices).toHaveLength(1)
})

test('two processes that write at once lose nothing', async () => {
  const { file, corrections, notices } = open()
  const module = new URL('../../../src/ingest/corrections/corrections-file.ts', import.meta.url)
  const write = (who: string) =>
    promisify(execFile)(process.execPath, [
      '--input-type=module',
      '-e',
      `const { openCorrections } = await import('${module.href}')
       const corrections = openCorrections('${file}')
       for (let i = 0; i < 100; i++) corrections.add({ ...${JSON.stringify(headline(''))}, id: '${who}' + i })`,
    ])
  await Promise.all(['a', 'b'].map(write))
  expect(corrections.all()).toHaveLength(200)
  expect(notices).toEqual([])
  expect(readFileSync(file, 'utf8').split('\n').filter(Boolean)).toHaveLength(200)
})
