import { GrammyError, HttpError } from 'grammy'
import { expect, test } from 'vitest'
import { plainError } from '../../src/bot/plain-error.ts'

const TOKEN = '7654321:simulated-token-simulated-token-000'
const address = `https://api.telegram.org/bot${TOKEN}/sendMessage`

test.each([
  [
    'a lost connection',
    new HttpError('Network request failed', new Error(`request to ${address} failed`)),
  ],
  ['anything', new Error(`no answer from ${address}`)],
  ['no error at all', address],
])('%s is told without the token', (_name, error) => {
  const told = JSON.stringify(plainError(error))
  expect(told).not.toContain('simulated-token')
  expect(told).toContain('<token>')
})

test('what failed for each address of a name is told by its code', () => {
  const failed = Object.assign(new Error(`request to ${address} failed, reason: `), {
    code: 'ETIMEDOUT',
  })
  const { message } = plainError(new HttpError('Network request failed', failed))
  expect(message).toMatch(/reason: {2}\(ETIMEDOUT\)$/)
})

test('a refusal is told with its method and code, without what people wrote', () => {
  const refusal = {
    ok: false,
    error_code: 400,
    description: 'Bad Request: chat not found',
  } as const
  const error = new GrammyError('Call failed', refusal, 'sendMessage', { text: '私人的问题' })
  expect(plainError(error)).toEqual({
    name: 'GrammyError',
    message: 'Bad Request: chat not found',
    method: 'sendMessage',
    code: 400,
  })
})
