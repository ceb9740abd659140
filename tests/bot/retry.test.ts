import { Api, HttpError } from 'grammy'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { grammySignal } from '../../src/bot/send/grammy-signal.ts'
import { type Move, followMoves } from '../../src/bot/incoming/moves.ts'
import { mayHaveArrived, retry } from '../../src/bot/send/retry.ts'
import { TOKEN } from '../support/bot-api/bot-api.ts'

type Outcome =
  | 'away'
  | 'unanswered'
  | { code: number; retry_after?: number; migrate_to_chat_id?: number }
  | 'done'

/** An API whose calls end as told, one after the other; the last goes on for ever. */
function scripted(
  outcomes: readonly Outcome[],
  options: { patienceMs?: number; copyDelayMs?: number; signal?: AbortSignal } = {},
) {
  const chats: unknown[] = []
  const methods: string[] = []
  const api = new Api(TOKEN)
  api.config.use((_prev, method, payload) => {
    methods.push(method)
    const outcome = outcomes[Math.min(chats.length, outcomes.length - 1)] ?? 'done'
    chats.push('chat_id' in payload ? payload.chat_id : undefined)
    if (outcome === 'away') return Promise.reject(failed('connect ECONNREFUSED', 'ECONNREFUSED'))
    if (outcome === 'unanswered') return Promise.reject(failed('socket hang up', 'ECONNRESET'))
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
  return { api, chats, methods }
}

/** What grammY throws of what node-fetch does. */
const failed = (reason: string, code: string) =>
  new HttpError('failed', Object.assign(new Error(`request failed, reason: ${reason}`), { code }))

test.each<[string, readonly Outcome[], number]>([
  ['refused connections', ['away', 'away', 'away', 'done'], 4],
  ['a lost answer', ['unanswered', 'done'], 2],
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
  const { api, chats } = scripted(['away'])
  await expect(api.sendChatAction(1, 'typing')).rejects.toThrow(HttpError)
  await expect(api.sendMessageDraft(1, 1, 'x')).rejects.toThrow(HttpError)
  expect(chats).toHaveLength(2)
})

test('a group that moved is followed, whatever fails before and after', async () => {
  const moved = { code: 400, migrate_to_chat_id: -100 }
  const { api, chats } = scripted(['away', moved, 'away', 'done'])
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

test('without a connection it goes on for as long as it takes', async () => {
  const { api, chats } = scripted(['away', 'away', 'away', 'away', 'away', 'done'], {
    patienceMs: 1,
  })
  await api.getMe()
  expect(chats).toHaveLength(6)
})

test('patience ends', async () => {
  const { api, chats } = scripted([{ code: 500 }], { patienceMs: 30 })
  await expect(api.sendMessage(1, 'x')).rejects.toMatchObject({ error_code: 500 })
  expect(chats.length).toBeGreaterThan(1)
})

test('what was sent twice and never answered for is sent again when something is answered, ever more rarely', async () => {
  const outcomes = ['unanswered', 'unanswered', 'unanswered', 'away', 'done', 'done'] as const
  const { api, methods } = scripted(outcomes, { copyDelayMs: 20 })
  const begun = performance.now()
  await api.sendMessage(1, 'x')
  expect(methods).toEqual(['sendMessage', 'sendMessage', 'getMe', 'getMe', 'getMe', 'sendMessage'])
  expect(performance.now() - begun).toBeGreaterThan(20)
})

test('at the end nothing goes out once more that may have arrived twice', async () => {
  const stop = new AbortController()
  const { api, methods } = scripted(['unanswered'], { copyDelayMs: 60_000, signal: stop.signal })
  const sending = api.sendMessage(1, 'x')
  setTimeout(() => stop.abort(), 50)
  await expect(sending).rejects.toThrow(HttpError)
  expect(methods).toEqual(['sendMessage', 'sendMessage'])
})

test.each([
  ['connect ECONNREFUSED 127.0.0.1:1', 'ECONNREFUSED', false],
  ['getaddrinfo EAI_AGAIN api.telegram.org', 'EAI_AGAIN', false],
  ['connect ETIMEDOUT 149.154.167.220:443', 'ETIMEDOUT', false],
  // Of all addresses of a name.
  ['', 'ETIMEDOUT', false],
  ['certificate has expired', 'CERT_HAS_EXPIRED', false],
  ['unable to verify the first certificate', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', false],
  [
    'Client network socket disconnected before secure TLS connection was established',
    'ECONNRESET',
    false,
  ],
  ['read ETIMEDOUT', 'ETIMEDOUT', true],
  ['read ECONNRESET', 'ECONNRESET', true],
  ['socket hang up', 'ECONNRESET', true],
  ['Premature close', 'ERR_STREAM_PREMATURE_CLOSE', true],
])('after %j (%s) it may have arrived: %s', (reason, code, may) => {
  expect(mayHaveArrived(failed(reason, code))).toBe(may)
})

test('what is said in a chat comes back when that is to wait for long, all else waits', async () => {
  const { api, chats } = scripted([{ code: 429, retry_after: 6 }])
  await expect(api.sendMessage(1, 'x')).rejects.toMatchObject({ error_code: 429 })
  expect(chats).toHaveLength(1)
  const stop = new AbortController()
  const other = scripted([{ code: 429, retry_after: 6 }, 'done'], { signal: stop.signal })
  const asking = other.api.getMe()
  setTimeout(() => stop.abort(), 20)
  await asking
  expect(other.methods).toEqual(['getMe', 'getMe'])
})

test('an order to wait longer than patience lasts is not followed', async () => {
  const { api, chats } = scripted([{ code: 429, retry_after: 3600 }], { patienceMs: 1000 })
  await expect(api.sendMessage(1, 'x')).rejects.toMatchObject({ error_code: 429 })
  expect(chats).toHaveLength(1)
})

test('an abort ends the wait, and the call after one more try', async () => {
  const stop = new AbortController()
  const { api, chats } = scripted([{ code: 429, retry_after: 4 }], { signal: stop.signal })
  const sending = api.sendMessage(1, 'x')
  setTimeout(() => stop.abort(), 20)
  await expect(sending).rejects.toMatchObject({ error_code: 429 })
  expect(chats).toHaveLength(2)
})
