import { Api, HttpError } from 'grammy'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { grammySignal } from '../../src/bot/grammy-signal.ts'
import { type Move, followMoves } from '../../src/bot/moves.ts'
import { retry } from '../../src/bot/retry.ts'
import { TOKEN } from '../support/bot-api/bot-api.ts'

type Outcome = 'lost' | { code: number; retry_after?: number; migrate_to_chat_id?: number } | 'done'

/** An API whose calls end as told, one after the other; the last goes on for ever. */
function scripted(
  outcomes: readonly Outcome[],
  options: { patienceMs?: number; signal?: AbortSignal } = {},
) {
  const chats: unknown[] = []
  const api = new Api(TOKEN)
  api.config.use((_prev, _method, payload) => {
    const outcome = outcomes[Math.min(chats.length, outcomes.length - 1)] ?? 'done'
    chats.push('chat_id' in payload ? payload.chat_id : undefined)
    if (outcome === 'lost')
      return Promise.reject(new HttpError('lost', new Error('socket hang up')))
    if (outcome === 'done')
      return Promise.resolve({ ok: true as const, result: JSON.parse('true') })
    const { code, ...parameters } = outcome
    return Promise.resolve({
      ok: false as const,
      error_code: code,
      description: `code ${code}`,
      parameters,
    })
  })
  const { signal, ...rest } = options
  const log = pino({ level: 'silent' })
  api.config.use(
    retry({ log, firstDelayMs: 1, ...rest, ...(signal && { signal: grammySignal(signal) }) }),
  )
  return { api, chats }
}

test.each<[string, readonly Outcome[], number]>([
  ['lost connections', ['lost', 'lost', 'done'], 3],
  ['errors inside Telegram', [{ code: 500 }, { code: 502 }, 'done'], 3],
  ['being asked to wait', [{ code: 429, retry_after: 0 }, 'done'], 2],
])('%s are tried again', async (_name, outcomes, calls) => {
  const { api, chats } = scripted(outcomes)
  await api.sendMessage(1, 'x')
  expect(chats).toHaveLength(calls)
})

test.each([400, 401, 403, 404, 409])('%i is final', async (code) => {
  const { api, chats } = scripted([{ code }])
  await expect(api.sendMessage(1, 'x')).rejects.toMatchObject({ error_code: code })
  expect(chats).toHaveLength(1)
})

test('typing and drafts are worth one try', async () => {
  const { api, chats } = scripted(['lost'])
  await expect(api.sendChatAction(1, 'typing')).rejects.toThrow(HttpError)
  await expect(api.sendMessageDraft(1, 1, 'x')).rejects.toThrow(HttpError)
  expect(chats).toHaveLength(2)
})

test('a group that moved is followed, whatever fails before and after', async () => {
  const moved = { code: 400, migrate_to_chat_id: -100 }
  const { api, chats } = scripted(['lost', moved, 'lost', 'done'])
  const moves: Move[] = []
  api.config.use(followMoves((move) => Promise.resolve(void moves.push(move))))
  await api.sendMessage(-1, 'x')
  expect(chats).toEqual([-1, -1, -100, -100])
  expect(moves).toEqual([{ was: -1, is: -100 }])
})

test('what is about a message of a group that moved is refused: another has its number there', async () => {
  const { api, chats } = scripted([{ code: 400, migrate_to_chat_id: -100 }, 'done'])
  api.config.use(followMoves(() => Promise.resolve()))
  await expect(api.editMessageText(-1, 7, 'x')).rejects.toMatchObject({ error_code: 400 })
  expect(chats).toEqual([-1])
})

test('patience ends', async () => {
  const { api, chats } = scripted([{ code: 500 }], { patienceMs: 30 })
  await expect(api.sendMessage(1, 'x')).rejects.toMatchObject({ error_code: 500 })
  expect(chats.length).toBeGreaterThan(1)
})

test('an order to wait longer than patience lasts is not followed', async () => {
  const { api, chats } = scripted([{ code: 429, retry_after: 3600 }], { patienceMs: 1000 })
  await expect(api.sendMessage(1, 'x')).rejects.toMatchObject({ error_code: 429 })
  expect(chats).toHaveLength(1)
})

test('an abort ends the wait, and the call after one more try', async () => {
  const stop = new AbortController()
  const { api, chats } = scripted([{ code: 429, retry_after: 60 }], { signal: stop.signal })
  const sending = api.sendMessage(1, 'x')
  setTimeout(() => stop.abort(), 20)
  await expect(sending).rejects.toMatchObject({ error_code: 429 })
  expect(chats).toHaveLength(2)
})
