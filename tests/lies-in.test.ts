import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { liesIn } from '../src/lies-in.ts'
import { tempFolder } from './support/temp.ts'

test('what lies in a folder, also by links to either, and before it is there', () => {
  const folder = tempFolder()
  const at = (name: string) => join(folder, name)
  mkdirSync(at('data/words'), { recursive: true })
  mkdirSync(at('data-too'))
  symlinkSync(at('data'), at('link'))
  for (const path of ['data', 'data/words', 'data/new/a.tar', 'link', 'link/a.tar', 'link/words'])
    for (const of of ['data', 'link']) expect(liesIn(at(path), at(of))).toBe(true)
  for (const path of ['', 'data-too', 'data-too/a.tar', 'new/data/a.tar'])
    for (const of of ['data', 'link']) expect(liesIn(at(path), at(of))).toBe(false)
  expect(liesIn(folder, '/')).toBe(true)
})
