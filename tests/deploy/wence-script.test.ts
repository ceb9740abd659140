import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'

const root = new URL('../..', import.meta.url).pathname.replace(/\/$/u, '')
const script = readFileSync(join(root, 'deploy/systemd/wence'), 'utf8')
const folder = mkdtempSync(join(tmpdir(), 'wence-script-'))
afterEach(() => rmSync(join(folder, 'wence.env'), { force: true }))

/** The script in this checkout, with settings of our own, as whoever runs the test. */
function run(given: readonly string[], settings = '') {
  writeFileSync(join(folder, 'wence.env'), settings)
  const here = script
    .replaceAll('/opt/wence', root)
    .replaceAll('/etc/wence/wence.env', join(folder, 'wence.env'))
    .replace('runuser -u wence -- ', '')
  expect(here).not.toMatch(/\/etc\/|\/opt\//u)
  const { stdout, stderr, status } = spawnSync('sh', ['-c', here, 'wence', ...given], {
    env: { PATH: process.env['PATH'] },
    encoding: 'utf8',
  })
  return { stdout, stderr, status }
}

test.runIf(process.platform === 'linux')('a command runs with what is given to it', () => {
  const { stdout, status } = run(['tell', '--help'])
  expect(stdout).toContain('npm run tell')
  expect(status).toBe(0)
})

test.each(['', 'help', 'nosuch', '../cli/ask', 'main'])(
  'what is no command is told which there are: %s',
  (name) => {
    const { stderr, status } = run(name === '' ? [] : [name])
    expect(stderr).toMatch(/^wence COMMAND …, one of: .*\bdoctor\b.*\bbackup\b/u)
    expect(status).toBe(2)
  },
)

test('settings are read as systemd reads them, and nothing of them is run', () => {
  const settings = [
    '# a comment',
    '; another=1',
    'TELEGRAM_STAFF=1, 2',
    'HTTPS_PROXY=http://u:p&w@$HOME:7890  ',
    'OPENAI_API_KEY="quoted `id` $(id)"',
    "API_TOKEN='one two'",
    'FOO BAR=1',
    'no setting',
    'CHAT_MODEL=last',
  ].join('\n')
  const before = script.indexOf('exec runuser')
  const shown = `${script.slice(0, before)}env`
    .replaceAll('/opt/wence', root)
    .replaceAll('/etc/wence/wence.env', join(folder, 'wence.env'))
  writeFileSync(join(folder, 'wence.env'), settings)
  const { stdout, stderr } = spawnSync('sh', ['-c', shown, 'wence', 'doctor'], {
    env: { PATH: process.env['PATH'] },
    encoding: 'utf8',
  })
  expect(stderr).toBe('')
  const lines = stdout.split('\n')
  for (const line of [
    'TELEGRAM_STAFF=1, 2',
    'HTTPS_PROXY=http://u:p&w@$HOME:7890',
    'OPENAI_API_KEY=quoted `id` $(id)',
    'API_TOKEN=one two',
    'CHAT_MODEL=last',
    'WENCE_DATA_DIR=/var/lib/wence',
  ])
    expect(lines).toContain(line)
  expect(lines.filter((line) => /another|FOO|comment/u.test(line))).toEqual([])
})
