import { expect, test } from 'vitest'
import { createInbox } from '../../src/bot/inbox.ts'
import { openStateDatabase } from '../../src/conversation/state-database.ts'

const DAY_MS = 24 * 3600 * 1000
const update = (id: number) => ({ update_id: id })
const ids = (updates: readonly { update_id: number }[]) => updates.map(({ update_id: id }) => id)

test('takes each update once, whatever became of it', () => {
  const inbox = createInbox(openStateDatabase(':memory:'), 1)
  expect(ids(inbox.accept([update(1), update(2), update(1)], 0))).toEqual([1, 2])
  inbox.begin(1, 1)
  inbox.end(1, 'answered')
  inbox.begin(2, 1)
  inbox.end(2, 'failed')
  expect(inbox.accept([update(1), update(2)], 0)).toEqual([])
})

test('gives back what was not finished, in order, and how often it was begun', () => {
  const db = openStateDatabase(':memory:')
  const inbox = createInbox(db, 1)
  inbox.accept([update(3), update(1), update(2)], 0)
  inbox.begin(1, 1)
  inbox.end(1, 'answered')
  inbox.begin(2, 1)
  const next = createInbox(db, 1)
  expect(next.open().left).toEqual([
    { update: update(2), begun: 1 },
    { update: update(3), begun: 0 },
  ])
})

test('another bot’s updates are its own', () => {
  const db = openStateDatabase(':memory:')
  createInbox(db, 1).accept([update(1)], 0)
  expect(createInbox(db, 2).open().left).toEqual([])
  expect(ids(createInbox(db, 2).accept([update(1)], 0))).toEqual([1])
})

test('forgets what was answered days ago, and never what waits', () => {
  const inbox = createInbox(openStateDatabase(':memory:'), 1)
  inbox.accept([update(1), update(2)], 0)
  inbox.end(1, 'answered')
  inbox.prune(4 * DAY_MS)
  expect(ids(inbox.open().left.map((stored) => stored.update))).toEqual([2])
  expect(ids(inbox.accept([update(1), update(2)], 0))).toEqual([1])
})
