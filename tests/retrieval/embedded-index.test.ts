import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openEmbeddedIndex } from '../../src/retrieval/embedded-index.ts'
import type { PassageIndex } from '../../src/retrieval/passage-index.ts'
import { termsOf } from '../../src/retrieval/tokens.ts'
import { batchOf } from '../support/passages.ts'
import { tempFolder } from '../support/temp.ts'

const newFile = () => join(tempFolder(), 'index.sqlite')

function open(file: string, notices: string[] = []): PassageIndex {
  const index = openEmbeddedIndex(file, { onNotice: (notice) => notices.push(notice) })
  onTestFinished(() => index.close())
  return index
}

const put = (index: PassageIndex, source: string, ...body: string[]) => {
  const { articles, passages } = batchOf({ id: `${source}-1`, source, body })
  return index.put(source, articles, passages)
}

const find = async (index: PassageIndex, text: string) => {
  const terms = termsOf(text).map((term) => ({ term, weight: 1 }))
  return (await index.search({ text, terms }, 10)).hits.map(({ passage }) => passage.text)
}

test('what was put is there when the file is opened again, under the same identity', async () => {
  const file = newFile()
  const first = openEmbeddedIndex(file)
  await put(first, 'a', '企业用电报装')
  const identity = await first.identity()
  await first.close()
  const again = open(file)
  expect(await find(again, '报装')).toEqual(['企业用电报装'])
  expect(await again.identity()).toBe(identity)
})

test('another connection sees what is put while it is open', async () => {
  const file = newFile()
  const [writing, reading] = [open(file), open(file)]
  expect(await find(reading, '报装')).toEqual([])
  await put(writing, 'a', '企业用电报装')
  expect(await find(reading, '报装')).toEqual(['企业用电报装'])
})

test('an article that is found by one of its indexes and not by another is damage, not an answer', async () => {
  const file = newFile()
  const index = open(file)
  await put(index, 'a', '企业用电报装')
  await put(index, 'b', '专利质押贷款')
  const [a, b] = ['a-1', 'b-1']
  const db = new DatabaseSync(file)
  // What a page of an index that was overwritten comes to: rows are there, and not found by it.
  db.exec(`DELETE FROM passages WHERE article = '${a}'; DELETE FROM articles WHERE key = '${b}'`)
  db.close()
  await expect(index.passages(a)).rejects.toThrow('a-1')
  await expect(index.article(b)).rejects.toThrow('b-1')
  expect(await index.passages('never')).toEqual([])
  expect(await index.article('never')).toBeUndefined()
})

describe('a file that cannot be used is made anew, with a notice', () => {
  test('from an older version', async () => {
    const file = newFile()
    await openEmbeddedIndex(file).close()
    const db = new DatabaseSync(file)
    db.exec('PRAGMA user_version = 1')
    db.close()
    const notices: string[] = []
    expect(await find(open(file, notices), '报装')).toEqual([])
    expect(notices).toEqual([expect.stringContaining('旧版本')])
  })

  test('no database at all', async () => {
    const file = newFile()
    writeFileSync(file, 'not a database '.repeat(100))
    const notices: string[] = []
    await put(open(file, notices), 'a', '企业用电报装')
    expect(notices).toEqual([expect.stringContaining('损坏')])
  })

  test('another program’s, which is kept beside', async () => {
    const file = newFile()
    const db = new DatabaseSync(file)
    db.exec('CREATE TABLE theirs (a); INSERT INTO theirs VALUES (1)')
    db.close()
    const before = readFileSync(file)
    const notices: string[] = []
    expect(await find(open(file, notices), '报装')).toEqual([])
    expect(notices).toEqual([expect.stringContaining('.other')])
    expect(readFileSync(`${file}.other`).equals(before)).toBe(true)
  })
})

test('a file that was only begun is made quietly', async () => {
  const file = newFile()
  writeFileSync(file, '')
  const notices: string[] = []
  await put(open(file, notices), 'a', '企业用电报装')
  expect(notices).toEqual([])
})

test('a place where nothing can be made is one clear error', () => {
  const folder = tempFolder()
  writeFileSync(join(folder, 'file'), '')
  expect(() => openEmbeddedIndex(join(folder, 'file', 'index.sqlite'))).toThrow()
  expect(existsSync(join(folder, 'file', 'index.sqlite'))).toBe(false)
})

test('after any puts and removals it finds what a fresh index of the same finds', async () => {
  const sources = fc.constantFrom('a', 'b', 'c', 'd')
  const word = fc.constantFrom('用电报装', '专利质押', '企业贷款', '环评审批')
  const step = fc.tuple(sources, fc.option(fc.array(word, { minLength: 1, maxLength: 3 })))
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const [lived, fresh] = [openEmbeddedIndex(newFile()), openEmbeddedIndex(newFile())]
      const left = new Map<string, string[]>()
      for (const [source, body] of steps) {
        if (body) await put(lived, source, ...body)
        else await lived.remove([source])
        left.delete(source)
        if (body) left.set(source, body)
      }
      for (const [source, body] of left) await put(fresh, source, ...body)
      for (const words of ['用电', '质押贷款', '企业环评']) {
        expect(await find(lived, words)).toEqual(await find(fresh, words))
      }
      await Promise.all([lived.close(), fresh.close()])
    }),
    { numRuns: 15 },
  )
})

test('a writer that is killed leaves each source as it was before or after', async () => {
  const file = newFile()
  await openEmbeddedIndex(file).close()
  const script = fileURLToPath(new URL('../support/write-for-ever.ts', import.meta.url))
  for (const ms of [150, 300]) {
    const writer = spawn(process.execPath, [script, file], { stdio: ['ignore', 'pipe', 'inherit'] })
    await once(writer.stdout, 'data')
    await setTimeout(ms)
    writer.kill('SIGKILL')
    await once(writer, 'exit')
    const index = openEmbeddedIndex(file)
    for await (const { id, text } of index.articles()) {
      const passages = await index.passages(id)
      // Each turn writes both passages of a source with its own number.
      expect(passages.map((passage) => passage.text).join('\n')).toBe(text)
      expect(await find(index, passages[0]!.text)).toContain(passages[0]!.text)
    }
    await index.close()
  }
})
