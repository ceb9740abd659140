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

test.each(['"', "'"])('takes off the quotes %s that came along from an env file', (q) => {
  const plain = {
    OPENAI_API_KEY: 'sk-a"b',
    CHAT_MODEL: 'qwen',
    QDRANT_COLLECTION: 'news',
    DESK_TOKEN: 'a word or two',
    TELEGRAM_BOT_TOKEN: '123:ab-c',
    TELEGRAM_STAFF: '1,2',
    HTTPS_PROXY: 'http://127.0.0.1:7890',
    EMBEDDING_BATCH: '5',
  }
  const quoted = Object.entries(plain).map(([name, value]) => [name, `${q}${value}${q}`])
  expect(parseConfig(Object.fromEntries(quoted))).toEqual(parseConfig(plain))
})

test.each(['OPENAI_API_KEY', 'EMBEDDING_API_KEY', 'QDRANT_API_KEY'])(
  'takes no %s that no header can hold',
  (name) => {
    for (const wrong of ['sk-“ab”', 'sk-你的密钥', 'Bearer sk-ab', 'sk-ab\nsk-cd'])
      expect(() => parseConfig({ [name]: wrong })).toThrow(
        new RegExp(`^Wrong setting, see .env.example: ${name}: must be the key alone[^你“]*$`),
      )
    expect(parseConfig({ [name]: ' ｓｋ－ab：1\n' })).toMatchObject({ [name]: 'sk-ab:1' })
  },
)

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

test.each(['http://127.0.0.1:11434/v1      # both of them', 'example.org # mine'])(
  'a comment behind an address is told as one: %s',
  (OPENAI_BASE_URL) => {
    expect(() => parseConfig({ OPENAI_BASE_URL })).toThrow(
      /OPENAI_BASE_URL: must be the address alone; a comment needs a line of its own$/u,
    )
  },
)
