import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readPatient } from '../../../src/cli/doctor/read-patient.ts'
import { settings } from '../../../src/cli/doctor/settings.ts'
import { idsOf, lookWith, textOf } from '../../support/doctor.ts'
import { tempFolder } from '../../support/temp.ts'

/** What is found of an `.env` with these lines, beside an environment. */
async function found(lines: string, given: Record<string, string> = {}) {
  const file = join(tempFolder(), '.env')
  writeFileSync(file, lines)
  const patient = readPatient(file, { ...given })
  const { signal } = new AbortController()
  return settings.look({ patient, offline: true, seconds: 10, signal })
}

test('with no settings at all nothing is wrong, and what is off is told', async () => {
  const findings = await found('')
  expect(findings.every(({ level }) => level === 'fine')).toBe(true)
  expect(idsOf(findings)).toEqual([
    'settings-read',
    'settings-index',
    'settings-no-model',
    'settings-no-embedding',
    'settings-no-telegram',
    'settings-no-web',
    'settings-keeps',
  ])
})

test('each wrong setting is told as everywhere, and counts as unset', async () => {
  const findings = await found('PORT=many\nQDRANT_URL=nowhere\nCHAT_MODEL=m\n', {
    https_proxy: 'socks5://127.0.0.1:1',
  })
  const wrong = findings.filter(({ id }) => id === 'settings-wrong').map(({ text }) => text)
  expect(wrong).toEqual([
    expect.stringMatching(/^有一项写错了（QDRANT_URL: must be an http/u),
    expect.stringMatching(/（PORT: must be a whole number/u),
    expect.stringMatching(/（HTTPS_PROXY: must be an http/u),
  ])
  expect(textOf(findings, 'settings-index')).toContain('数据目录')
  expect(idsOf(findings)).toContain('settings-model')
})

test('a file that is no text is told, and the environment counts', async () => {
  const file = join(tempFolder(), '.env')
  writeFileSync(file, Buffer.from([0, 1, 2, 0xff, 0xfe, 0, 0, 0x80]))
  const { config, faults } = readPatient(file, { CHAT_MODEL: 'm' })
  expect(faults).toEqual([expect.stringContaining(file)])
  expect(config.CHAT_MODEL).toBe('m')
})

test('what may be misspelt is worth a look', async () => {
  const findings = await found('TELEGRAM_TOKEN=1:a\n')
  expect(textOf(findings, 'settings-doubtful')).toContain('TELEGRAM_BOT_TOKEN')
})

test('no secret is shown, right or wrong', async () => {
  const secret = 'geheim-4711-geheim'
  const all = await found(
    [
      `OPENAI_API_KEY=${secret}`,
      `EMBEDDING_API_KEY=密${secret}`,
      `QDRANT_API_KEY=${secret}`,
      `TELEGRAM_BOT_TOKEN=1234:${secret}`,
      `TELEGRAM_WEBHOOK_URL=https://u:${secret}@bot.example/${secret}`,
      `TELEGRAM_WEBHOOK_SECRET=!${secret}`,
      `DESK_TOKEN=${secret}`,
      `API_TOKEN=${secret}`,
      `USER_HASH_SALT=${secret}`,
      `QDRANT_URL=http://u:${secret}@q.example:6333`,
      `OPENAI_BASE_URL=http://u:${secret}@m.example/v1`,
      `CHAT_MODEL=m`,
      `EMBEDDING_MODEL=e`,
    ].join('\n'),
  )
  expect(JSON.stringify(all)).not.toContain(secret)
  expect(JSON.stringify(all)).toContain('m.example')
})

test.each([
  ['settings-no-staff', { TELEGRAM_BOT_TOKEN: '1:a' }],
  ['settings-staff', { TELEGRAM_BOT_TOKEN: '1:a', TELEGRAM_STAFF: '1,2' }],
  ['settings-allowed', { TELEGRAM_BOT_TOKEN: '1:a', TELEGRAM_ALLOWED_CHATS: '1' }],
  ['settings-polling', { TELEGRAM_BOT_TOKEN: '1:a' }],
  ['settings-webhook', { TELEGRAM_BOT_TOKEN: '1:a', TELEGRAM_WEBHOOK_URL: 'https://a.example' }],
  ['settings-no-budget', { CHAT_MODEL: 'm', BUDGET_MODEL_CALLS_PER_DAY: '0' }],
  ['settings-embedding', { EMBEDDING_MODEL: 'e' }],
  ['settings-web', { DESK_TOKEN: 'longenough' }],
  ['settings-plain-http', { PUBLIC_URL: 'http://a.example' }],
  ['settings-unchecked', { NODE_TLS_REJECT_UNAUTHORIZED: '0' }],
])('%s', async (id, given) => {
  expect(idsOf(await lookWith(settings, { settings: given }))).toContain(id)
})

test('a secret whose file cannot be read is told, and all else is read', async () => {
  const missing = join(tempFolder(), 'none')
  const findings = await found(`DESK_TOKEN_FILE=${missing}\nCHAT_MODEL=m\n`)
  expect(textOf(findings, 'settings-wrong')).toMatch(/（DESK_TOKEN_FILE: .*none/u)
  expect(idsOf(findings)).toContain('settings-model')
})
