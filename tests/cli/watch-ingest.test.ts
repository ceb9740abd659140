import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test, vi } from 'vitest'
import { readWatchState } from '../../src/ingest/watch/watch-state.ts'
import { oneOf, seededRandom } from '../support/seeded-random.ts'
import { site } from '../support/site.ts'
import { tempFolder } from '../support/temp.ts'

vi.setConfig({ testTimeout: 300_000 })

const root = fileURLToPath(new URL('../..', import.meta.url))

function run(args: readonly string[], data: string) {
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { PATH: process.env['PATH'], WENCE_DATA_DIR: data },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

/** A watching ingest of its own process, and what it has said up to now. */
function watch(folder: string, data: string, program = ['src/cli/ingest.ts', '--watch']) {
  const child = run([...program, folder], data)
  child.stdout.resume()
  const said: string[] = []
  child.stderr.setEncoding('utf8').on('data', (some: string) => said.push(some))
  const lines = () => said.join('').split('\n').filter(Boolean)
  return { child, lines, exit: once(child, 'exit') }
}

const until = (what: () => boolean) =>
  vi.waitFor(
    () => {
      if (!what()) throw new Error(`not yet: ${String(what)}`)
    },
    { timeout: 120_000, interval: 100 },
  )

async function done(args: readonly string[], data: string) {
  const child = run(args, data)
  const [out, err, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ])
  return { out, err, code: Number(code) }
}

/** Articles that are alike in nothing. */
function writer(seed: number) {
  const random = seededRandom(seed)
  const letters = () => String.fromCodePoint(0x4e00 + Math.floor(random() * 3000))
  const sentence = () => `${Array.from({ length: 20 }, letters).join('')}。`
  return { random, article: () => Array.from({ length: 6 }, sentence).join('') }
}

function put(folder: string, name: string, words: string) {
  const path = join(folder, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, words)
}

test('goes on until it is told to end, in a log, and lets others ingest meanwhile', async () => {
  const [folder, data] = [tempFolder(), tempFolder()]
  const { article } = writer(1)
  put(folder, 'a.txt', article())
  const { child, lines, exit } = watch(folder, data)
  await until(() => readWatchState(data)?.waiting === 0 && readWatchState(data)?.files === 1)
  expect(readWatchState(data)).toMatchObject({ pid: child.pid, folders: [folder], trouble: null })

  const other = tempFolder()
  put(other, 'b.txt', article())
  const byHand = await done(['src/cli/ingest.ts', other], data)
  expect(byHand).toMatchObject({ code: 0 })
  expect(byHand.err).not.toContain('Another ingest')
  put(folder, 'c.txt', article())
  await until(() => readWatchState(data)?.files === 2 && readWatchState(data)?.waiting === 0)

  child.kill('SIGTERM')
  expect(await exit).toEqual([0, null])
  const isOfTurn = (line: string) => /Another ingest|It has ended/u.test(line)
  const said = lines()
    .filter((line) => !isOfTurn(line))
    .map((line) => JSON.parse(line))
  expect(said.map(({ msg }) => msg)).toEqual([
    `Watching ${folder}; Ctrl+C ends it.`,
    'ingested',
    'ingested',
    'Watching has ended.',
  ])
  expect(said[1]).toMatchObject({ level: 'info', new: 1, articles: 1 })
  const { out } = await done(['src/cli/articles.ts'], data)
  expect(out.match(/^[abc]\.txt/gmu)).toEqual(['a.txt', 'b.txt', 'c.txt'])
})

test('is called with folders alone, and with none that holds the data directory', async () => {
  const data = join(tempFolder(), 'data')
  const file = join(tempFolder(), 'a.txt')
  writeFileSync(file, 'x')
  for (const [args, why] of [
    [['--watch'], 'Which files or folders?'],
    [['--watch', file], 'this is a file'],
    [['--watch', dirname(data)], 'the data directory'],
    [['--watch', '--dry-run', dirname(file)], 'folders alone'],
  ] as const) {
    const { code, err } = await done(['src/cli/ingest.ts', ...args], data)
    expect([code, err], why).toEqual([2, expect.stringContaining(why)])
  }
})

test('killed at any moment, it is made whole by the next', async () => {
  const [folder, data, fresh] = [tempFolder(), tempFolder(), tempFolder()]
  const { random, article } = writer(3)
  for (let i = 0; i < 40; i++) put(folder, `${i % 3}/${i}.txt`, article())
  const names = () =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((n) => n.endsWith('.txt'))

  for (let kill = 0; kill < 6; kill++) {
    const { child, exit } = watch(folder, data)
    const end = performance.now() + 1_500 + random() * 3_000
    while (performance.now() < end) {
      const what = random()
      if (what < 0.5) put(folder, `${kill}/new-${random()}.txt`, article())
      else if (what < 0.7) put(folder, oneOf(names(), random), article())
      else if (what < 0.85) rmSync(join(folder, oneOf(names(), random)))
      else renameSync(join(folder, oneOf(names(), random)), join(folder, `moved-${random()}.txt`))
      await sleep(random() * 150)
    }
    child.kill('SIGKILL')
    await exit
  }

  const { child, exit } = watch(folder, data)
  const pid = child.pid
  const isWhole = () => {
    const state = readWatchState(data)
    return state?.pid === pid && state?.lookedAt !== null && state?.waiting === 0
  }
  await until(isWhole)
  child.kill('SIGTERM')
  await exit
  expect(await done(['src/cli/ingest.ts', folder], fresh)).toMatchObject({ code: 0 })
  const [after, whole] = await Promise.all([articles(data), articles(fresh)])
  expect(after).toEqual(whole)
  expect(after.length).toBe(names().length)
})

test('killed while it fetches, it has each page once, and what it cites leads there', async () => {
  const [folder, data, fresh] = [tempFolder(), tempFolder(), tempFolder()]
  const { random, article } = writer(5)
  const { origin, pages } = await site({})
  const page = () => ({
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: `<!doctype html><html><body><p>${article()}</p></body></html>`,
  })
  const links = Array.from({ length: 25 }, (_, i) => `/${i}.html`)
  for (const link of links) pages[link] = page()
  pages['/rss'] = {
    headers: { 'content-type': 'text/xml' },
    body: `<rss><channel>${links.map((link) => `<item><link>${link}</link><pubDate>2024-05-06</pubDate></item>`).join('')}</channel></rss>`,
  }
  writeFileSync(join(folder, 'sources.txt'), `# 县报\n${origin}/rss\n`)
  writeFileSync(join(folder, 'a.txt'), article())
  const program = ['tests/support/watching-process.ts']
  for (let kill = 0; kill < 4; kill++) {
    const { child, exit } = watch(folder, data, program)
    await sleep(1_000 + random() * 3_000)
    pages[oneOf(links, random)] = page()
    child.kill('SIGKILL')
    await exit
  }
  const { child, exit } = watch(folder, data, program)
  const isWhole = () => {
    const state = readWatchState(data)
    const isRead = state?.pid === child.pid && state?.waiting === 0 && state.files === 26
    return isRead && state?.addresses.pages === 26
  }
  await until(isWhole)
  child.kill('SIGTERM')
  expect(await exit).toEqual([0, null])
  const fetched = join(data, 'fetched')
  expect(await done(['src/cli/ingest.ts', folder, fetched], fresh)).toMatchObject({ code: 0 })
  expect(await articles(data)).toEqual(await articles(fresh))
  const { out } = await done(['src/cli/articles.ts', '--json'], data)
  const cited = out
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
    .filter(({ source }) => source !== 'a.txt')
  expect(cited.length).toBe(links.length)
  expect(new Set(cited.map(({ url }) => url))).toEqual(new Set(links.map((link) => origin + link)))
  expect(cited[0]).toMatchObject({
    source: expect.stringMatching(/^127\.0\.0\.1\/\d+-[0-9a-f]{10}\.html$/u),
    date: { value: '2024-05-06' },
  })
})

/** What the index holds, whatever ids articles got when they were read first. */
async function articles(data: string) {
  const { out } = await done(['src/cli/articles.ts', '--json'], data)
  return out
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
    .map(({ source, text: words, also }) => `${source} ${words.slice(0, 20)} ${also}`)
    .toSorted()
}

test('watch.json is never read in part', () => {
  const data = tempFolder()
  expect(readWatchState(data)).toBeUndefined()
  writeFileSync(join(data, 'watch.json'), '{"version":1,"pid"')
  expect(readWatchState(data)).toBeUndefined()
  expect(readFileSync(join(data, 'watch.json'), 'utf8')).toContain('pid')
})
