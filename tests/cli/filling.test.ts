import { spawn } from 'node:child_process'
import { existsSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { isTaken, othersDone } from '../../src/cli/filling.ts'
import { tempFolder } from '../support/temp.ts'

const mark = () => join(tempFolder(), 'filling')

test('one fills, and others wait until it is done', async () => {
  const file = mark()
  expect(isTaken(file)).toBe(true)
  expect(isTaken(file)).toBe(false)
  let done = false
  const waiting = othersDone(file).then(() => (done = true))
  await new Promise((resolve) => setTimeout(resolve, 300))
  expect(done).toBe(false)
  writeFileSync(file, '')
  await waiting
})

test('what a killed process left is taken up at once', async () => {
  const file = mark()
  const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)'])
  const ended = new Promise((resolve) => child.once('exit', resolve))
  writeFileSync(file, String(child.pid))
  expect(isTaken(file)).toBe(false)
  child.kill('SIGKILL')
  await ended
  await othersDone(file)
  expect(isTaken(file)).toBe(true)
})

test('also where the next process has the same number', async () => {
  const file = mark()
  writeFileSync(file, String(process.pid))
  const before = Date.now() / 1000 - process.uptime() - 10
  utimesSync(file, before, before)
  await othersDone(file)
  expect(isTaken(file)).toBe(true)
  expect(existsSync(file)).toBe(true)
})
