import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { SECRETS, SETTINGS } from '../../src/config.ts'
import { readSettings } from '../../src/cli/settings.ts'
import { tempFolder } from '../support/temp.ts'

const EXAMPLE: Readonly<Record<string, string>> = { TELEGRAM_BOT_TOKEN: '123:ab-cd-ef' }
const exampleOf = (secret: string) => EXAMPLE[secret] ?? 'ab-cd-ef-gh'

const settingsOf = (env: Record<string, string>, file = join(tempFolder(), '.env')) =>
  readSettings(file, env)

function written(bytes: string | Uint8Array): string {
  const file = join(tempFolder(), 'secret')
  writeFileSync(file, bytes)
  return file
}

test('each setting that is named like a secret is one', () => {
  expect(SECRETS).toEqual(SETTINGS.filter((name) => /_(?:KEY|TOKEN|SECRET|SALT)$/u.test(name)))
})

test.each(SECRETS)('%s is read from its file, and stays out of the environment', (secret) => {
  const env = { [`${secret}_FILE`]: written(`${exampleOf(secret)}\n`) }
  const { config, notices } = settingsOf(env)
  expect(config).toMatchObject({ [secret]: exampleOf(secret) })
  expect([notices, Object.keys(env)]).toEqual([[], [`${secret}_FILE`]])
})

test.each([
  ['white space around it', ' \tab-cd-ef-gh\r\n\n'],
  ['a mark before it', '\uFEFFab-cd-ef-gh'],
  ['quotes around it', '"ab-cd-ef-gh"\n'],
  ['UTF-16, as Notepad writes it', Buffer.from('\uFEFFab-cd-ef-gh\r\n', 'utf16le')],
])('with %s it is the same', (_, bytes) => {
  const { config } = settingsOf({ DESK_TOKEN_FILE: written(bytes) })
  expect(config.DESK_TOKEN).toBe('ab-cd-ef-gh')
})

test('the name of the file may stand in .env', () => {
  const env = written(`API_TOKEN_FILE=${written('ab-cd-ef-gh')}\n`)
  expect(settingsOf({}, env)).toMatchObject({ config: { API_TOKEN: 'ab-cd-ef-gh' }, notices: [] })
})

test('an empty name of a file names none', () => {
  expect(settingsOf({ API_TOKEN_FILE: '' }).config.API_TOKEN).toBeUndefined()
})

test('a secret that is given twice is told by both names', () => {
  const env = { API_TOKEN: 'ij-kl-mn-op', API_TOKEN_FILE: written('ab-cd-ef-gh') }
  expect(() => settingsOf(env)).toThrow(
    /^API_TOKEN_FILE: API_TOKEN is set, too; keep one of the two\.$/u,
  )
})

test.each([
  ['not there', () => join(tempFolder(), 'secret'), /there is no such file/u],
  ['empty', () => written(''), /the file is empty/u],
  ['white space', () => written(' \n'), /nothing but white space/u],
  ['of several lines', () => written('ab-cd-ef-gh\nij-kl-mn-op\n'), /several lines/u],
  ['no text', () => written(Buffer.from([0, 1, 2, 3, 255])), /this is no text/u],
  ['a folder', () => mkdirSync(join(tempFolder(), 'secret'), { recursive: true })!, /a folder/u],
])('a file that is %s is told with its setting and path', (_, make, why) => {
  const file = make()
  const wrong = () => settingsOf({ API_TOKEN_FILE: file })
  expect(wrong).toThrow(why)
  expect(wrong).toThrow(new RegExp(`^API_TOKEN_FILE: ${RegExp.escape(file)}: [^\\n]+\\.$`, 'u'))
  expect(wrong).not.toThrow(/ab-cd|ij-kl/u)
})

test('all that cannot be had are told at once', () => {
  const [one, other] = ['/no/such/one', '/no/such/other']
  expect(() => settingsOf({ API_TOKEN_FILE: one, DESK_TOKEN_FILE: other })).toThrow(
    /^DESK_TOKEN_FILE: \/no\/such\/other: .*\nAPI_TOKEN_FILE: \/no\/such\/one: [^\n]*$/u,
  )
})

test('what stands in a file is held to what the setting must be', () => {
  const wrong = () => settingsOf({ TELEGRAM_BOT_TOKEN_FILE: written('hunter2') })
  expect(wrong).toThrow(/TELEGRAM_BOT_TOKEN: must look like/u)
  expect(wrong).not.toThrow(/hunter2/u)
})

test.each([
  ['TELEGRAM_TOKEN_FILE', 'TELEGRAM_BOT_TOKEN_FILE'],
  ['QDRANT_KEY_FILE', 'QDRANT_API_KEY_FILE'],
])('%s is named with %s', (name, meant) => {
  expect(settingsOf({ [name]: 'x' }).notices).toEqual([
    `environment: ${name} is no setting of ours; is ${meant} meant? See .env.example.`,
  ])
})
