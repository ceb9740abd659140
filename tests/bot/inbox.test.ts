import { expect, test } from 'vitest'
import { createInbox } from '../../src/bot/updates/inbox.ts'
import { NO_PREVIEW } from '../../src/bot/send/send.ts'
import { openStateDatabase } from '../../src/stores/sqlite/state-database.ts'

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
    { update: update(2), begun: 1, isPlanned: false },
    { update: update(3), begun: 0, isPlanned: false },
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

test('of what was forgotten nothing is begun, planned or noted any more, another token’s neither', () => {
  const db = openStateDatabase(':memory:')
  const [inbox, other] = [createInbox(db, 1), createInbox(db, 2)]
  const said = {
    chatId: 1,
    text: '答',
    options: { entities: [], link_preview_options: NO_PREVIEW },
  }
  inbox.accept([1, 2, 3, 4].map(update), 0)
  other.accept([update(9)], 0)
  inbox.begin(2, 1)
  inbox.plan(2, [said])
  const rolledBack = () =>
    inbox.forget(
      4,
      () => true,
      () => {
        throw new Error('no room')
      },
    )
  expect(rolledBack).toThrow('no room')
  expect(inbox.planned(2)).toHaveLength(1)
  expect(
    inbox.forget(
      4,
      ({ update_id: id }) => id !== 3,
      () => {},
    ),
  ).toEqual([1, 2])
  expect(inbox.begin(1, 1)).toBe(false)
  inbox.plan(1, [said])
  inbox.show(1, 7)
  inbox.arrived(2, 0, 8)
  expect([inbox.planned(1), inbox.shown(1), inbox.planned(2)]).toEqual([[], undefined, []])
  expect(ids(inbox.open().left.map((stored) => stored.update))).toEqual([3, 4])
  expect(other.open()).toEqual({ left: [], unreadable: [] })
})
