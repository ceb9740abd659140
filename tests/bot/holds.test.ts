import { Api } from 'grammy'
import { expect, test } from 'vitest'
import { createHolds } from '../../src/bot/send/holds.ts'
import { TOKEN } from '../support/bot-api/bot-api.ts'

/** An API that says what the test does, and a clock that it sets. */
function heeding() {
  const called: string[] = []
  const time = { ms: 0 }
  const holds = createHolds({ shutMs: 1_000, now: () => time.ms })
  const telegram: { refuses?: { error_code: number; description: string; parameters?: object } } =
    {}
  const api = new Api(TOKEN)
  api.config.use((_prev, method) => {
    called.push(method)
    return Promise.resolve(
      telegram.refuses
        ? { ok: false as const, ...telegram.refuses }
        : { ok: true as const, result: JSON.parse('{"message_id":1}') },
    )
  }, holds.heed)
  return { api, called, time, holds, telegram }
}

test('a chat that asks to wait is not asked for again, whatever is written there; others are', async () => {
  const { api, called, time, holds, telegram } = heeding()
  telegram.refuses = {
    error_code: 429,
    description: 'Too Many Requests: retry after 137',
    parameters: { retry_after: 137 },
  }
  await expect(api.sendMessageDraft(1, 1, 'x')).rejects.toThrow('429')
  delete telegram.refuses
  time.ms = 37_000
  expect(holds.mayWrite(1)).toBe(false)
  await expect(api.sendMessage(1, 'x')).rejects.toMatchObject({
    error_code: 429,
    parameters: { retry_after: 100 },
  })
  await expect(api.editMessageText(1, 7, 'x')).rejects.toThrow('429')
  await api.answerCallbackQuery('x')
  await api.sendMessage(2, 'x')
  expect(called).toEqual(['sendMessageDraft', 'answerCallbackQuery', 'sendMessage'])
  time.ms = 137_000
  expect(holds.mayWrite(1)).toBe(true)
  await api.sendMessage(1, 'x')
  expect(called).toHaveLength(4)
})

test.each([
  [400, 'Bad Request: CHAT_WRITE_FORBIDDEN', true],
  [400, 'Bad Request: have no rights to send a message', true],
  [403, 'Forbidden: bot was kicked from the group chat', true],
  [400, 'Bad Request: TOPIC_CLOSED', false],
  [400, 'Bad Request: message thread not found', false],
  [400, "Bad Request: can't parse entities", false],
  [500, 'Internal Server Error', false],
])('after %i %s the chat is shut for a while: %s', async (error_code, description, isShut) => {
  const { api, time, holds, telegram } = heeding()
  telegram.refuses = { error_code, description }
  await expect(api.sendMessage(1, 'x')).rejects.toThrow(description)
  expect(holds.isShut(1)).toBe(isShut)
  expect(holds.isShut(2)).toBe(false)
  time.ms = 1_000
  expect(holds.isShut(1)).toBe(false)
})

test('a chat is open again when its admins say so, or something arrived', async () => {
  const { api, holds, telegram } = heeding()
  const shut = async () => {
    telegram.refuses = { error_code: 400, description: 'Bad Request: CHAT_RESTRICTED' }
    await api.sendMessage(1, 'x').catch(() => {})
    delete telegram.refuses
  }
  await shut()
  holds.reopen(1)
  expect(holds.isShut(1)).toBe(false)
  await shut()
  await api.sendMessage(1, 'x')
  expect(holds.isShut(1)).toBe(false)
})
