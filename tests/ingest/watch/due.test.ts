import { expect, test } from 'vitest'
import { createDue } from '../../../src/ingest/watch/due.ts'

const file = (name: string, stamp: string) => ({ path: `/in/${name}`, source: name, stamp })

/** What is due of some files, which are all in the index unless it is said which are. */
function started(at = { now: 0 }) {
  const due = createDue([10, 40], () => at.now)
  const look = (files: ReturnType<typeof file>[], gone: string[] = [], inIndex?: string[]) => {
    const isInIndex = (path: string) => inIndex?.includes(path) ?? true
    const changes = due.look(files, { gone, isInIndex })
    return {
      files: changes.files.map(({ source }) => source),
      gone: [...changes.gone],
      settling: changes.settling,
    }
  }
  return { ...due, look, at }
}

test('a file is read when it is as it was at the look before, and once', () => {
  const { look, done } = started()
  expect(look([file('a', '1')])).toEqual({ files: [], gone: [], settling: 1 })
  expect(look([file('a', '2')])).toMatchObject({ files: [], settling: 1 })
  expect(look([file('a', '2')])).toMatchObject({ files: ['a'], settling: 0 })
  done(file('a', '2'))
  expect(look([file('a', '2')])).toMatchObject({ files: [], settling: 0 })
  look([file('a', '3')])
  expect(look([file('a', '3')]).files).toEqual(['a'])
})

test('what changed while it was read is read again', () => {
  const { look, done } = started()
  look([file('a', '1')])
  look([file('a', '1')])
  done(file('a', '1'))
  look([file('a', '2')])
  expect(look([file('a', '2')]).files).toEqual(['a'])
})

test('one that failed waits until it changes, or for a growing while', () => {
  const { look, failed, at } = started()
  look([file('a', '1')])
  look([file('a', '1')])
  expect(failed(file('a', '1'), 'no article')).toBe(true)
  const tries = (until: number) => {
    at.now = until
    look([file('a', '1')])
    return look([file('a', '1')]).files.length
  }
  expect([tries(9), tries(10)]).toEqual([0, 1])
  expect(failed(file('a', '1'), 'no article')).toBe(false)
  expect([tries(29), tries(30)]).toEqual([0, 1])
  expect(failed(file('a', '1'), 'something else')).toBe(true)
  expect(tries(31)).toBe(0)
  look([file('a', '2')])
  expect(look([file('a', '2')]).files).toEqual(['a'])
  expect(failed(file('a', '2'), 'something else')).toBe(true)
})

test('what is gone is gone when it was at the look before', () => {
  const { look } = started()
  expect(look([], ['/in/a'])).toMatchObject({ gone: [], settling: 1 })
  expect(look([], ['/in/a', '/in/b'])).toMatchObject({ gone: ['/in/a'], settling: 1 })
  // Held back, it is as gone at the next look.
  expect(look([], ['/in/a', '/in/b']).gone).toEqual(['/in/a', '/in/b'])
  // It was only saved anew.
  expect(look([file('a', '1')], [])).toMatchObject({ gone: [], settling: 1 })
})

test('what was taken out by hand and still lies there is read again', () => {
  const { look, done } = started()
  look([file('a', '1')])
  look([file('a', '1')])
  done(file('a', '1'))
  look([file('a', '1')], [], [])
  expect(look([file('a', '1')], [], []).files).toEqual(['a'])
})
