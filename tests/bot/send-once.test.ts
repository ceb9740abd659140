import { expect, test } from 'vitest'
import { createInbox } from '../../src/bot/inbox.ts'
import { createSendOnce } from '../../src/bot/send-once.ts'
import { openStateDatabase } from '../../src/conversation/state-database.ts'

test('what went out for an update is not sent again when it is answered again', async () => {
  const inbox = createInbox(openStateDatabase(':memory:'), 1)
  let sent = 0
  const send = () => Promise.resolve(++sent)
  expect(await createSendOnce(inbox, 5)({ text: '一' }, send)).toBe(1)
  // The process ends here; another answers the same update.
  const again = createSendOnce(inbox, 5)
  expect(await again({ text: '一' }, send)).toBe(1)
  expect(await again({ text: '二' }, send)).toBe(2)
  expect(await createSendOnce(inbox, 6)({ text: '一' }, send)).toBe(3)
})

test('what failed is sent again', async () => {
  const inbox = createInbox(openStateDatabase(':memory:'), 1)
  const once = createSendOnce(inbox, 5)
  await expect(once('一', () => Promise.reject(new Error('lost')))).rejects.toThrow('lost')
  expect(await once('一', () => Promise.resolve(9))).toBe(9)
})
