import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { createDisk } from '../../src/bot/updates/disk.ts'

const full = () => Object.assign(new Error('database or disk is full'), { errcode: 13 })

function watched(settleMs = 10) {
  const told: string[] = []
  const lines: string[] = []
  const log = pino({ base: null }, { write: (line: string) => void lines.push(line) })
  const stop = new AbortController()
  return {
    told,
    lines,
    stop,
    disk: createDisk({
      log,
      tell: (state) => void told.push(state),
      signal: stop.signal,
      firstMs: 2,
      settleMs,
    }),
  }
}

test('what cannot be written is written when there is room, and that is told once for all', async () => {
  const { told, lines, disk } = watched()
  let room = false
  const written: number[] = []
  const writes = [1, 2, 3].map((n) =>
    disk.patiently(() => {
      if (!room) throw full()
      written.push(n)
      return n
    }),
  )
  await sleep(30)
  expect([told, written]).toEqual([['full'], []])
  room = true
  expect(await Promise.all(writes)).toEqual([1, 2, 3])
  await sleep(30)
  expect(told).toEqual(['full', 'well'])
  expect(lines).toHaveLength(2)
})

test('one that fits while another does not makes nothing well, nor does a moment', async () => {
  const { told, disk } = watched(50)
  await expect(disk.attempt('big', () => Promise.reject(full()))).rejects.toThrow('full')
  await disk.attempt('small', () => 1)
  await sleep(70)
  await disk.attempt('big', () => 1)
  await sleep(10)
  await expect(disk.attempt('big', () => Promise.reject(full()))).rejects.toThrow('full')
  await sleep(70)
  expect(told).toEqual(['full'])
})

test('another error is thrown at once, and the end of the process ends the wait', async () => {
  const { disk, stop } = watched()
  await expect(disk.patiently(() => Promise.reject(new Error('mine')))).rejects.toThrow('mine')
  const waiting = disk.patiently(() => {
    throw full()
  })
  stop.abort()
  await expect(waiting).rejects.toThrow('full')
})

test('writing begins at once, before anything else can happen', () => {
  let written = false
  void watched().disk.patiently(() => (written = true))
  expect(written).toBe(true)
})
