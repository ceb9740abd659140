import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test, vi } from 'vitest'
import { z } from 'zod'
import { takeHold } from '../../src/database/hold.ts'
import { tempFolder } from '../support/temp.ts'

vi.setConfig({ testTimeout: 180_000 })

const root = fileURLToPath(new URL('../..', import.meta.url))
const IN_TERMINAL = fileURLToPath(new URL('../support/in-terminal.py', import.meta.url))
/** Node alone cannot make a terminal; where nothing else can, these are left out. */
const hasTerminals = spawnSync('python3', ['-c', 'import pty, termios']).status === 0

const [CTRL_C, CTRL_D] = ['\u0003', '\u0004']
const pasted = (text: string) => `\u001B[200~${text.replaceAll('\n', '\r')}\u001B[201~`

/** A program in a terminal of 40 columns, and what it shows there. */
function inTerminal(
  args: readonly string[],
  data: string,
  env: Readonly<Record<string, string>> = {},
) {
  const child = spawn('python3', [IN_TERMINAL, process.execPath, ...args], {
    cwd: root,
    env: { PATH: process.env.PATH, TERM: 'xterm', WENCE_DATA_DIR: data, ...env },
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  let shown = ''
  let seen = 0
  child.stdout.setEncoding('utf8').on('data', (some: string) => (shown += some))
  return {
    type: (text: string) => void child.stdin.write(text),
    all: () => shown,
    signal: () => void child.kill('SIGTERM'),
    /** Waits until it shows something after what was waited for last. */
    async shows(what: string) {
      await vi.waitUntil(() => shown.includes(what, seen), { timeout: 120_000, interval: 20 })
      seen = shown.indexOf(what, seen) + what.length
    },
  }
}

function oneArticle(): string {
  const folder = tempFolder()
  const text = '近日，市税务局推出新办法，企业可以网上申报，不收取费用。\n'
  writeFileSync(join(folder, 'a.txt'), text)
  return folder
}

function filled(): string {
  const data = tempFolder()
  const args = ['src/cli/ingest.ts', oneArticle()]
  spawnSync(process.execPath, args, { cwd: root, env: { ...process.env, WENCE_DATA_DIR: data } })
  return data
}

test.skipIf(!hasTerminals)(
  'Ctrl+C stops an answer that is computed here, too, and those that wait',
  async () => {
    const terminal = inTerminal(['src/main.ts'], filled())
    await terminal.shows('问 › ')
    terminal.type(`网上申报要收费吗？\r税务局推出了什么？\r${CTRL_C}`)
    await terminal.shows('已停下。')
    await terminal.shows('已停下。')
    await terminal.shows('问 › ')
    terminal.type('网上申报要收费吗？\r')
    await terminal.shows('不收取费用')
    await terminal.shows('问 › ')
    // One that comes while the answer is computed is heard behind it.
    terminal.type('网上申报要收费吗？\r')
    terminal.type(CTRL_C)
    await terminal.shows('已停下。')
    await terminal.shows('问 › ')
    terminal.type(CTRL_D)
  },
)

test.skipIf(!hasTerminals)(
  'Ctrl+C stops the answer, then clears what was typed, then ends; a paste is one question',
  async () => {
    const asked: string[] = []
    const endpoint = createServer((request) => {
      request.setEncoding('utf8').on('data', (body: string) => asked.push(body))
    }).listen(0, '127.0.0.1')
    await once(endpoint, 'listening')
    onTestFinished(() => endpoint.close().closeAllConnections())
    const { port } = z.object({ port: z.number() }).parse(endpoint.address())
    const terminal = inTerminal(['src/main.ts'], filled(), {
      CHAT_MODEL: 'silent',
      OPENAI_BASE_URL: `http://127.0.0.1:${port}/v1`,
    })
    await terminal.shows('问 › ')
    terminal.type(pasted('网上申报\n要收费吗？\n请说明') + '\r')
    await vi.waitUntil(() => asked.length > 0, { timeout: 60_000, interval: 20 })
    expect(asked.join('')).toMatch(/网上申报.{0,3}要收费吗？.{0,3}请说明/u)
    terminal.type(CTRL_C)
    await terminal.shows('已停下。')
    await terminal.shows('问 › ')
    terminal.type('没打完的')
    await terminal.shows('没打完的')
    terminal.type(CTRL_C)
    await terminal.shows('问 › ')
    terminal.type('/place 濮阳\r')
    await terminal.shows('所在地设为濮阳市。')
    await terminal.shows('问 › ')
    terminal.type(CTRL_C)
    await terminal.shows('[ended 0, terminal same]')
    // The terminal no longer says what is pasted.
    expect(terminal.all().lastIndexOf('[?2004l')).toBeGreaterThan(
      terminal.all().lastIndexOf('[?2004h'),
    )
  },
)

test.skipIf(!hasTerminals)(
  'a signal leaves the terminal as it was, and so does the end',
  async () => {
    const data = filled()
    const signalled = inTerminal(['src/main.ts'], data)
    const plain = inTerminal(['src/main.ts'], data, { TERM: 'dumb', NO_COLOR: '1' })
    await signalled.shows('问 › ')
    signalled.signal()
    await signalled.shows('[ended -15, terminal same]')
    expect(signalled.all()).toMatch(/\[\?2004h[^]*\[\?2004l/u)
    await plain.shows('问 › ')
    plain.type('网上申报要收费吗？\r')
    await plain.shows('①')
    await plain.shows('问 › ')
    plain.type('/source 1\r')
    await plain.shows('【')
    plain.type(CTRL_D)
    await plain.shows('[ended 0, terminal same]')
    expect(plain.all()).not.toContain('\u001B[7m')
    expect(plain.all()).not.toContain('2004')
  },
)

test.skipIf(!hasTerminals)(
  'Ctrl+C ends a command at once, and nothing is left changed',
  async () => {
    const data = tempFolder()
    const hold = takeHold(join(data, 'ingest.lock.sqlite'), 'a test')
    const waiting = inTerminal(['src/cli/ingest.ts', oneArticle()], data)
    await waiting.shows('Waiting until it is done')
    waiting.type(CTRL_C)
    await waiting.shows('[ended -2, terminal same]')
    hold?.release()
    const folder = oneArticle()
    mkdirSync(join(folder, '很长的名字'.repeat(8)))
    writeFileSync(
      join(folder, '很长的名字'.repeat(8), '也很长的文件名.txt'),
      '市里出台办法，支持企业贷款。\n',
    )
    const reading = inTerminal(['src/cli/ingest.ts', folder], data)
    await reading.shows('1/2')
    await reading.shows('[ended 0, terminal same]')
    // Neither the cursor nor how lines wrap was touched.
    expect(reading.all()).not.toContain('\u001B[?')
  },
)
