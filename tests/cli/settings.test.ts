import { mkdirSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { readSettings } from '../../src/cli/settings.ts'
import { tempFolder } from '../support/temp.ts'

/** The settings that an `.env` with these bytes gives beside an environment. */
function settingsOf(bytes: string | Uint8Array, env: Record<string, string> = {}) {
  const file = join(tempFolder(), '.env')
  writeFileSync(file, bytes)
  const all = { ...env }
  const { config, notices } = readSettings(file, all)
  return { config, notices: notices.map((notice) => notice.replace(file, '.env')), env: all }
}

const LINES = '# 令牌\nTELEGRAM_BOT_TOKEN=123:ab-c\nCHAT_MODEL=qwen\n'
const GBK_COMMENT = Buffer.from([0x23, 0xc1, 0xee, 0xc5, 0xc6, 0x0a])
const utf16 = (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le')

test.each([
  ['UTF-8', Buffer.from(LINES)],
  ['UTF-8 with a mark', Buffer.from(`\uFEFF${LINES}`)],
  ['UTF-16', utf16(LINES)],
  ['UTF-16, the other way', utf16(LINES).swap16()],
  ['GBK', Buffer.concat([GBK_COMMENT, Buffer.from(LINES.split('\n').slice(1).join('\n'))])],
  ['lines of Windows', Buffer.from(LINES.replaceAll('\n', '\r\n'))],
  ['lines of an old Mac', Buffer.from(LINES.replaceAll('\n', '\r'))],
])('an .env in %s is read', (_, bytes) => {
  const { config, notices } = settingsOf(bytes)
  expect(config).toMatchObject({ TELEGRAM_BOT_TOKEN: '123:ab-c', CHAT_MODEL: 'qwen' })
  expect(notices).toEqual([])
})

test.each([
  'export CHAT_MODEL=qwen',
  'CHAT_MODEL = qwen ',
  '\u3000CHAT_MODEL\u3000=\u3000qwen\u3000',
  'CHAT_MODEL＝qwen',
  'CHAT_MODEL="qwen" # the small one',
  "CHAT_MODEL='qwen'",
  'CHAT_MODEL=“qwen”',
  'CHAT_MODEL=‘qwen’',
  'CHAT_MODEL=”qwen” # 小的',
  'CHAT_MODEL=\u200Bqwen\u00A0',
  'CHAT_MODEL=qwen\nCHAT_MODEL=',
])('%j sets the model', (text) => {
  const { config, notices } = settingsOf(text)
  expect(config.CHAT_MODEL).toBe('qwen')
  expect(notices).toEqual([])
})

test.each([
  ['CHAT_MODEL qwen', /^\.env, line 2: this is no setting; write NAME=value/u],
  ['CHAT_MODEL: qwen', /line 2: this is no setting/u],
  ['set CHAT_MODEL=qwen', /line 2: this is no setting/u],
  ['CHAT_MODEL="qwen', /line 2: CHAT_MODEL has no closing quote/u],
  ['API_TOKEN=ab-cd-ef-gh#ij', /line 2: API_TOKEN ends before #/u],
  ['LOG_LEVEL=warn', /line 2: LOG_LEVEL stands in line 1 too; line 2 holds/u],
])('%j is named with its line, without what it says', (line, notice) => {
  const { notices } = settingsOf(`LOG_LEVEL=info\n${line}\n`)
  expect(notices).toEqual([expect.stringMatching(notice)])
  expect(notices[0]).not.toMatch(/qwen|ab-cd/u)
})

test('nothing is said of a file that says nothing', () => {
  expect(settingsOf('').notices).toEqual([])
  expect(settingsOf('\n  \n').notices).toEqual([])
})

test('one that is no text is named', () => {
  expect(() => settingsOf(Buffer.from('A=1\n', 'utf16le'))).toThrow(/\.env: this is no text/u)
})

test('the environment goes before the file, which goes into it', () => {
  const { config, env } = settingsOf('CHAT_MODEL=qwen\nHTTP_X=1\n', { CHAT_MODEL: 'glm' })
  expect(config.CHAT_MODEL).toBe('glm')
  expect(env).toEqual({ CHAT_MODEL: 'glm', HTTP_X: '1' })
})

test.each([
  ['TELEGRAM_TOKEN', 'TELEGRAM_BOT_TOKEN'],
  ['BOT_TOKEN', 'TELEGRAM_BOT_TOKEN'],
  ['telegram_bot_token', 'TELEGRAM_BOT_TOKEN'],
  ['TELGRAM_BOT_TOKEN', 'TELEGRAM_BOT_TOKEN'],
  ['QDRANT_API', 'QDRANT_API_KEY'],
  ['QDRANT_KEY', 'QDRANT_API_KEY'],
  ['OPENAI_BASEURL', 'OPENAI_BASE_URL'],
  ['OPENAI_API_BASE', 'OPENAI_BASE_URL'],
  ['EMBED_MODEL', 'EMBEDDING_MODEL'],
  ['DATA_DIR', 'WENCE_DATA_DIR'],
  ['WEBHOOK_URL', 'TELEGRAM_WEBHOOK_URL'],
  ['DESKTOKEN', 'DESK_TOKEN'],
])('%s is named with %s', (name, meant) => {
  expect(settingsOf(`\n${name}=x`).notices).toEqual([
    `.env, line 2: ${name} is no setting of ours; is ${meant} meant? See .env.example.`,
  ])
})

const OTHERS =
  'API_KEY DATABASE_URL NODE_ENV OPENAI_ORG_ID OPENAI_LOG SECRET_KEY TZ DASHSCOPE_API_KEY ' +
  'ANTHROPIC_API_KEY TELEGRAM_API_HASH REDIS_URL'
test.each(OTHERS.split(' '))('%s is another program’s', (name) => {
  expect(settingsOf(`${name}=x`).notices).toEqual([])
})

test('who has set the right one means something else by the other', () => {
  expect(settingsOf('QDRANT_API=x\nQDRANT_API_KEY=y').notices).toEqual([])
})

test('of the environment only names that begin like ours are looked at', () => {
  expect(settingsOf('', { BOT_TOKEN: 'x', LOGLEVEL: 'x', PATH: '/bin' }).notices).toEqual([])
  expect(settingsOf('', { OPENAI_BASEURL: 'x' }).notices).toEqual([
    'environment: OPENAI_BASEURL is no setting of ours; is OPENAI_BASE_URL meant? See .env.example.',
  ])
})

test.each([
  ['TELEGRAM_BOT_TOKEN', ' 123：ab-c　', '123:ab-c'],
  ['OPENAI_BASE_URL', 'http://127.0.0.1:1/v1/chat/completions', 'http://127.0.0.1:1/v1'],
  ['OPENAI_BASE_URL', 'http://127.0.0.1:1/v1', 'http://127.0.0.1:1/v1'],
  ['EMBEDDING_BASE_URL', 'https://example.org/v1/embeddings/', 'https://example.org/v1'],
  ['QDRANT_URL', 'http://qdrant:6333/dashboard#/collections', ['http://qdrant:6333']],
  ['QDRANT_URL', 'https://example.org/qdrant', ['https://example.org/qdrant']],
  ['QDRANT_URL', 'http://a:6333, http://b:6333/dashboard', ['http://a:6333', 'http://b:6333']],
  ['TELEGRAM_API_ROOT', 'http://127.0.0.1:8081/bot123:ab/getMe', 'http://127.0.0.1:8081'],
  ['TELEGRAM_API_ROOT', 'https://bots.example.org/', 'https://bots.example.org/'],
  ['PORT', '８０８０', 8080],
  ['TELEGRAM_STAFF', '12，-34、５６', [12, -34, 56]],
  ['WENCE_DATA_DIR', '~/wence', join(homedir(), 'wence')],
  ['WENCE_DATA_DIR', '~', homedir()],
  ['WENCE_DATA_DIR', 'a~b', resolve('a~b')],
])('%s=%s is read as it is meant', (name, value, meant) => {
  expect(settingsOf('', { [name]: value }).config).toMatchObject({ [name]: meant })
})

test.each([
  ['WENCE_DATA_DIR', '~root/wence'],
  ['WENCE_DATA_DIR', '$HOME/wence'],
  ['WENCE_DATA_DIR', '%APPDATA%\\wence'],
  ['QDRANT_URL', 'localhost:6333'],
  ['QDRANT_URL', '127.0.0.1:6333'],
  ['QDRANT_URL', 'http://a:6333,b:6333'],
  ['QDRANT_URL', ','],
  ['OPENAI_BASE_URL', 'api.example.org/v1'],
  ['PORT', '70000'],
  ['PORT', 'http'],
  ['PORT', '0x50'],
  ['PORT', '8081.0'],
  ['PORT', '-1'],
  ['LIMIT_USER_PER_MINUTE', '1e1'],
  ['EMBEDDING_BATCH', '0'],
  ['CHAT_TIMEOUT_MS', '1.5'],
  ['LOG_LEVEL', 'loud'],
  ['WEB_CHAT', 'yes'],
])('%s=%s stops the start with a sentence of ours', (name, value) => {
  const wrong = () => settingsOf('', { [name]: value })
  expect(wrong).toThrow(new RegExp(`^Wrong setting, see \\.env\\.example: ${name}: must be `, 'u'))
  expect(wrong).not.toThrow(/Invalid|expected|received/u)
})

test.each([
  ['LIMIT_USER_PER_MINUTE', '0', 'must be 1 or more'],
  ['BUDGET_MODEL_CALLS_PER_DAY', '-1', 'must be 0 or more'],
  ['PORT', '65536', 'must be from 0 to 65535'],
  ['LIMIT_USER_PER_MINUTE', 'ten', 'must be a whole number'],
])('%s=%s is told what it must be', (name, value, message) => {
  expect(() => settingsOf('', { [name]: value })).toThrow(new RegExp(`: ${name}: ${message}$`, 'u'))
})

test.each([
  ['https://example.org/hook', undefined, true],
  ['https://example.org:8443/hook', undefined, true],
  ['http://example.org/hook', undefined, false],
  ['https://example.org:8080/hook', undefined, false],
  // A Bot API server of one's own takes any.
  ['http://127.0.0.1:8080/hook', 'http://127.0.0.1:8081', true],
])('a webhook at %s, with the Bot API at %s: %s', (hook, root, isTaken) => {
  const settings = { TELEGRAM_WEBHOOK_URL: hook, ...(root && { TELEGRAM_API_ROOT: root }) }
  const read = expect(() => settingsOf('', settings))
  if (isTaken) read.not.toThrow()
  else read.toThrow(/TELEGRAM_WEBHOOK_URL: must be an https address/u)
})

test('what may have been meant is told beside what is wrong, and no value of it', () => {
  expect(() => settingsOf('BOT_TOKEN=sec:ret\nPORT=http')).toThrow(
    /^\S+, line 1: BOT_TOKEN is no setting.*\nWrong setting[^\n]*PORT: must be(?!.*ret)/u,
  )
})

test('a folder where the file is expected is told of', () => {
  const file = join(tempFolder(), '.env')
  mkdirSync(file)
  expect(readSettings(file, {}).notices).toEqual([
    expect.stringMatching(/\.env: this is a folder, and none of our settings is read from it/u),
  ])
})
