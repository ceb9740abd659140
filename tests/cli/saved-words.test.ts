import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pino } from 'pino'
import { expect, onTestFinished, test, vi } from 'vitest'
import { openEngine, openFilledIndex, openStores, openTrial } from '../../src/cli/open.ts'
import { followWords, useSavedWords, wordsFolder } from '../../src/cli/saved-words.ts'
import { parseConfig } from '../../src/config.ts'
import { NEW_CHAT } from '../../src/conversation/conversation.ts'
import { ingest } from '../../src/ingest/ingest.ts'
import { openReaders } from '../../src/ingest/reading/open-readers.ts'
import { placesNamed } from '../../src/language/places.ts'
import { useOwnWords } from '../../src/language/word-lists.ts'
import { tempFolder } from '../support/temp.ts'

const log = pino({ level: 'silent' })
const ARTICLES = [
  {
    title: '青湾县养蜂户领到补助',
    text: '本报讯 青湾县对养蜂满五十箱的农户发放过冬补助，每箱二十元。农户向乡镇农业站申报。',
    date: '2024-03-01',
  },
  {
    title: '濮阳市夜市摊位免收租金',
    text: '本报讯 濮阳市三个夜市的摊位今年免收租金。摊主到街道办登记。',
    date: '2024-05-02',
  },
]

function settled() {
  const config = parseConfig({ WENCE_DATA_DIR: tempFolder() })
  onTestFinished(() => useOwnWords(undefined))
  const file = join(tempFolder(), 'articles.jsonl')
  writeFileSync(file, ARTICLES.map((article) => JSON.stringify(article)).join('\n'))
  return {
    config,
    read: async () => {
      const stores = await openStores(config)
      const [outcome] = await ingest([file], stores)
      await stores.close()
      return outcome?.status
    },
    save: (name: string, text: string) => {
      mkdirSync(wordsFolder(config), { recursive: true })
      writeFileSync(join(wordsFolder(config), name), text)
    },
  }
}

test('places that staff add are read by processes that read, at the next ingest', async () => {
  const { config, read, save } = settled()
  const places = async () => {
    const { index, close } = await openFilledIndex(config)
    const all = await Array.fromAsync(index.articles(), ({ place }) => place.join('/'))
    await close()
    return all
  }
  useSavedWords(config)
  expect(await read()).toBe('new')
  expect(await read()).toBe('unchanged')
  expect(await places()).not.toContain('河南省/濮阳市/青湾县')

  save('gazetteer.txt', '[河南省]\n濮阳市: 青湾县')
  expect(useSavedWords(config)).toEqual([])
  expect(await read()).toBe('changed')
  expect(await places()).toContain('河南省/濮阳市/青湾县')
  expect(await read()).toBe('unchanged')
}, 60_000)

test('a process that reads goes when other places are saved', async () => {
  const { config, save } = settled()
  useSavedWords(config)
  const readers = openReaders('articles', { size: 1 })
  onTestFinished(() => readers.close())
  const path = join(tempFolder(), 'bees.txt')
  writeFileSync(path, `${ARTICLES[0]!.title}\n\n${ARTICLES[0]!.text}`)
  const place = async () => {
    const items = await Array.fromAsync(
      readers.read({ path, source: 'bees.txt', kind: null, corrections: [] }),
    )
    return items.flatMap((item) => ('read' in item ? item.read.articles : []))[0]?.place.at(-1)
  }
  expect(await place()).not.toBe('青湾县')
  save('gazetteer.txt', '[河南省]\n濮阳市: 青湾县')
  useSavedWords(config)
  expect(await place()).toBe('青湾县')
}, 60_000)

test('a minute later, a bot has taken up what another process saved', async () => {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  const { config, save } = settled()
  const renew = vi.fn<() => Promise<void>>(() => Promise.resolve())
  const { stop, takeUpWords } = followWords(wordsFolder(config), renew, log)
  onTestFinished(stop)
  await vi.advanceTimersByTimeAsync(61_000)
  expect(renew).not.toHaveBeenCalled()
  save('gazetteer.txt', '[河南省]\n濮阳市: 青湾县')
  await vi.advanceTimersByTimeAsync(61_000)
  expect(renew).toHaveBeenCalledOnce()
  expect(placesNamed('青湾')).toHaveLength(1)

  renew.mockRejectedValueOnce(new Error('full'))
  save('gazetteer.txt', '')
  await expect(takeUpWords()).rejects.toThrow('full')
  await vi.advanceTimersByTimeAsync(61_000)
  expect(renew).toHaveBeenCalledTimes(3)
  await vi.advanceTimersByTimeAsync(61_000)
  expect(renew).toHaveBeenCalledTimes(3)
})

test('words that staff save are tried in a thread, then taken up by a bot that goes on answering', async () => {
  const { config, read, save } = settled()
  useSavedWords(config)
  await read()
  const engine = await openEngine(config, log)
  onTestFinished(engine.close)
  const question = '练摊儿要交份子钱吗？'
  const asked = async (by: Pick<typeof engine, 'ask'> = engine) =>
    (await by.ask(NEW_CHAT, question)).answer.status
  expect(await asked()).toBe('not_found')

  const words = '练摊儿 > 夜市摊位\n份子钱 > 租金\n'
  const folder = tempFolder()
  writeFileSync(join(folder, 'thesaurus.txt'), words)
  const trial = await openTrial(config, folder, log)
  onTestFinished(trial.close)
  expect(await asked(trial)).toBe('answered')
  expect(await asked()).toBe('not_found')

  save('thesaurus.txt', words)
  const answers: Promise<string>[] = []
  const asking = setInterval(() => answers.push(asked()), 20)
  await engine.takeUpWords().finally(() => clearInterval(asking))
  expect(await asked()).toBe('answered')
  expect(await Promise.all(answers)).toContain('not_found')
}, 120_000)

test('a command says which line it could not read, and does its work', () => {
  const { config, save } = settled()
  save('governors.txt', '[if start]\n设若 就是如果')
  const root = fileURLToPath(new URL('../..', import.meta.url))
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['src/cli/repair.ts', 'README.md'],
    { cwd: root, encoding: 'utf8', env: { ...process.env, WENCE_DATA_DIR: config.WENCE_DATA_DIR } },
  )
  expect(stderr).toContain('governors.txt 第 2 行没有读入')
  expect([status, stdout.includes('#')]).toEqual([0, true])
})
