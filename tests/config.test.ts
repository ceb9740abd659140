import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { SETTINGS, parseConfig } from '../src/config.ts'

test('starts with no setting at all', () => {
  expect(parseConfig({})).toMatchObject({
    WENCE_DATA_DIR: resolve('data'),
    EMBEDDING_BATCH: 10,
  })
})

test('takes an empty value as unset', () => {
  expect(parseConfig({ QDRANT_URL: '', EMBEDDING_BATCH: '', CHAT_MODEL: '' })).toEqual(
    parseConfig({}),
  )
})

test.each([
  ['QDRANT_URL', 'localhost'],
  ['EMBEDDING_BATCH', 'zehn'],
  ['EMBEDDING_DIMENSIONS', '-5'],
  ['LOG_LEVEL', 'loud'],
  ['TELEGRAM_STAFF', '12,x'],
  ['TELEGRAM_BOT_TOKEN', 'hunter2'],
  ['TRUSTED_PROXIES', '172.16'],
  ['TRUSTED_PROXIES', '172.16.0.0/33'],
])('names a wrong %s', (name, value) => {
  expect(() => parseConfig({ [name]: value })).toThrow(name)
})

test('does not repeat a wrong secret', () => {
  const wrong = () => parseConfig({ TELEGRAM_BOT_TOKEN: 'my-very-secret' })
  expect(wrong).toThrow(/^(?!.*my-very-secret)/)
})

test('.env.example lists every setting and no other, without values', () => {
  const example = readFileSync(new URL('../.env.example', import.meta.url), 'utf8')
  const listed = [...example.matchAll(/^(\w+)=(.*)$/gmu)]
  expect(new Set(listed.map(([, name]) => name))).toEqual(new Set(SETTINGS))
  expect(listed.every(([, , value]) => value === '')).toBe(true)
})
