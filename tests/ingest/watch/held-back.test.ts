import { expect, test } from 'vitest'
import { partGone } from '../../../src/ingest/watch/held-back.ts'

const entry = (path: string) => ({ path, source: path, digest: 'd' })
const some = (folder: string, count: number, from = 0) =>
  Array.from({ length: count }, (_, i) => entry(`${folder}/${from + i}.txt`))

const part = (
  gone: ReturnType<typeof some>,
  read: ReturnType<typeof some>,
  { fresh = 0, removed = [] as string[] } = {},
) => {
  const stands = (folder: string) => !removed.includes(folder)
  const { leaving, held } = partGone(gone, { read, fresh, roots: ['/in'], stands })
  return { leaving: leaving.length, held }
}

test('some of many go', () => {
  const read = some('/in', 100)
  expect(part(read.slice(0, 50), read)).toEqual({ leaving: 50, held: [] })
})

test('all of a watched folder stay, were it one file', () => {
  for (const count of [1, 19, 100]) {
    const read = some('/in', count)
    expect(part(read, read)).toEqual({ leaving: 0, held: [{ folder: '/in', gone: count }] })
  }
})

test('more than half of many stay: a share that is there in part', () => {
  const read = some('/in', 100)
  expect(part(read.slice(0, 51), read).held).toEqual([{ folder: '/in', gone: 51 }])
})

test('an inbox of a few files may be cleared', () => {
  const read = [...some('/in/inbox', 19), ...some('/in/kept', 19)]
  expect(part(read.slice(0, 19), read)).toEqual({ leaving: 19, held: [] })
})

test('of what lies in a folder that stands and is empty nothing goes, as where a share was', () => {
  const share = some('/in/share', 30)
  const read = [...share, ...some('/in/own', 500)]
  const away = some('/in/own', 3)
  expect(part([...share, ...away], read)).toEqual({
    leaving: 3,
    held: [{ folder: '/in/share', gone: 30 }],
  })
})

test('a folder that was removed goes with all that was in it', () => {
  const year = some('/in/2019', 30)
  const read = [...year, ...some('/in/2020', 500)]
  expect(part(year, read, { removed: ['/in/2019'] })).toEqual({ leaving: 30, held: [] })
})

test('where as many came as went, they have moved', () => {
  const read = some('/in', 100)
  expect(part(read, read, { fresh: 100 })).toEqual({ leaving: 100, held: [] })
})
