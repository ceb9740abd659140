import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Hono } from 'hono'
import { pino } from 'pino'
import { expect, onTestFinished, test, vi } from 'vitest'
import { JudgedQuestion } from '../../../src/answer/evaluate/judged-question.ts'
import { openEngine, openStores, openTrial } from '../../../src/cli/open.ts'
import { useSavedWords, wordsFolder } from '../../../src/cli/saved-words.ts'
import { parseConfig } from '../../../src/config.ts'
import { NEW_CHAT } from '../../../src/conversation/conversation.ts'
import { openDeskDatabase } from '../../../src/desk/desk-database.ts'
import type { DeskEnv } from '../../../src/desk/desk.ts'
import { type WordsRoomDeps, createWordsRoom } from '../../../src/desk/words/room.ts'
import { ingest } from '../../../src/ingest/ingest.ts'
import { useOwnWords } from '../../../src/language/word-lists.ts'
import { tempFolder } from '../../support/temp.ts'

/** The room as two people see it. */
function open(more: Partial<WordsRoomDeps> = {}) {
  const folder = join(tempFolder(), 'words')
  const db = openDeskDatabase(':memory:')
  const words = createWordsRoom({
    db,
    folder,
    openTrial: () => Promise.reject(new Error('没有引擎')),
    takeUpWords: () => Promise.resolve(),
    judgedQuestions: () => [],
    passagesOf: () => Promise.resolve([]),
    now: () => 0,
    ...more,
  })
  onTestFinished(() => words.close())
  const at = (who: string) => {
    const app = new Hono<DeskEnv>()
    app.use((c, next) => {
      c.set('who', who)
      return next()
    })
    app.route('/desk/words', words.room)
    const url = (path: string, query: Record<string, string> = {}) =>
      `/desk/words/${path}?${new URLSearchParams(query).toString()}`
    return {
      get: async (path: string, query?: Record<string, string>) =>
        (await app.request(url(path, query))).text(),
      post: async (path: string, fields: Record<string, string> = {}) => {
        const body = new URLSearchParams(fields)
        const response = await app.request(url(path), { method: 'POST', body })
        return {
          status: response.status,
          text: await response.text(),
          to: response.headers.get('location'),
        }
      },
    }
  }
  const file = (name: string) => readFileSync(join(more.folder ?? folder, name), 'utf8')
  return { folder, file, at, wang: at('小王') }
}

const GROUP = { said: '练摊儿', written: '夜市摊位' }

test('a word is looked up with what its class does and its examples', async () => {
  const { wang } = open()
  const page = await wang.get('governors', { q: '若' })
  for (const words of [
    '条件（开头）',
    '只在这个条件下成立',
    '【若有变动】，另行通知',
    '【若干企业落户】',
  ])
    expect(page).toContain(words)
  expect(await wang.get('thesaurus', { q: '小老板' })).toContain(
    '个体户 个体老板 小老板 = 个体工商户',
  )
  expect(await wang.get('gazetteer', { q: '台前' })).toContain('叫法：台前县、台前')
  expect(await wang.get('governors', { q: '没有这样的词' })).toContain('没有一行有')
})

test('a sentence is read with the draft, and says what the draft changes', async () => {
  const { wang } = open()
  const sentence = '设若停电，青湾县的国企改用油机。'
  await wang.post('gazetteer/add', {
    province: '河南省',
    city: '濮阳市',
    county: '青湾县',
    alias: '',
  })
  await wang.post('governors/add', {
    class: '[if start]',
    word: '设若',
    right: '【设若停电】，改用油机',
    wrong: '',
  })
  await wang.post('thesaurus/change', { text: '国企 国有单位 = 国有企业', section: '', out: '1' })
  const page = await wang.get('governors', { sentence })
  expect(page).toContain('<ins>设若：条件（开头）</ins>')
  expect(page).toContain('<ins>“青湾县”是河南省濮阳市青湾县</ins>')
  expect(page).toContain('<del>国企：也找 国有企业、国有单位</del>')
})

test.each([
  ['thesaurus', { said: '练摊儿', written: '' }, '两边都要写词'],
  ['thesaurus', { said: '-练摊儿', written: '摊位' }, '词不能以 - # [ 开头'],
  ['gazetteer', { province: '河南省', city: 'abc', county: '' }, '要写成“某市'],
  ['gazetteer', { province: '', city: '濮阳市', county: '青湾县' }, '要写省'],
  ['governors', { class: '[if start]', word: '设若', right: '' }, '要写一个 ✓ 例句'],
  ['governors', { class: '[if start]', word: '设若', right: '【停电】，停工' }, '认不出来'],
  ['governors', { class: '[if start]', word: '设若', right: '【若停电】，停工' }, '也会被认出来'],
  ['governors', { class: '[x]', word: '设若', right: '【设若停电】，停工' }, '要选一类'],
])('what cannot be a line of %s comes back filled in, and why', async (list, fields, fault) => {
  const { wang } = open()
  const { status, text } = await wang.post(`${list}/add`, fields)
  expect(status).toBe(422)
  expect(text).toContain(fault)
  const known = Object.entries(fields).filter(([name, value]) => value && name !== 'class')
  for (const [, value] of known) expect(text).toContain(value.replaceAll('"', '&quot;'))
  expect(await wang.get('draft')).toContain('草稿里没有改动')
})

test('a draft is somebody’s own, and is saved over what others saved', async () => {
  const { wang, at, file } = open()
  const li = at('小李')
  await wang.post('thesaurus/add', GROUP)
  await li.post('thesaurus/add', { said: '份子钱', written: '租金', both: '1' })
  expect(await li.get('draft')).not.toContain('练摊儿')
  expect((await wang.post('draft/save')).to).toBe('/desk/words/history?saved=now')
  await li.post('draft/save')
  expect(file('thesaurus.txt')).toMatch(/^# .*\n练摊儿 > 夜市摊位\n份子钱 = 租金\n$/u)
  expect(await wang.get('draft')).toContain('草稿里没有改动')
  const history = await wang.get('history')
  expect(history.indexOf('00 小李')).toBeLessThan(history.indexOf('00 小王'))
})

test('a line is changed, taken back out of the draft, or put back', async () => {
  const { wang, file } = open()
  const line = '央企 = 中央企业'
  const form = await wang.get('thesaurus', { q: '央企', line })
  expect(form).toContain('name="said" value="央企"')
  expect(form).toMatch(/name="both" value="1" checked/u)
  await wang.post('thesaurus/add', {
    said: '央企',
    written: '中央企业 中直企业',
    replaces: line,
    both: '1',
  })
  expect(await wang.get('draft')).toContain('草稿（2 处改动）')
  await wang.post('draft/save')
  expect(file('thesaurus.txt')).toContain('-央企 = 中央企业\n央企 = 中央企业 中直企业\n')

  await wang.post('thesaurus/change', { section: '', text: line })
  expect(await wang.get('draft')).toContain('草稿（1 处改动）')
  await wang.post('thesaurus/change', { section: '', text: line, out: '1' })
  expect(await wang.get('draft')).toContain('草稿里没有改动')
})

test('what was saved is taken back by way of a draft', async () => {
  const { wang, file } = open()
  await wang.post('thesaurus/add', GROUP)
  await wang.post('gazetteer/change', {
    section: '[河南省]',
    text: '濮阳市: 台前县=台前',
    out: '1',
  })
  await wang.post('draft/save')
  expect(file('gazetteer.txt')).toContain('[河南省]\n-濮阳市: 台前县=台前\n')
  expect((await wang.post('history/undo', { n: '1' })).to).toBe('/desk/words/draft')
  await wang.post('draft/save')
  expect(file('thesaurus.txt')).not.toContain('练摊儿')
  expect(file('gazetteer.txt')).not.toContain('台前')
})

test('a word that got other examples gets the old ones back', async () => {
  const { wang, file } = open()
  const word = { class: '[if start]', word: '设若', wrong: '' }
  await wang.post('governors/add', { ...word, right: '【设若停电】，停工' })
  await wang.post('draft/save')
  await wang.post('governors/add', { ...word, right: '【设若下雨】，停工' })
  await wang.post('governors/add', { ...word, right: '【设若下雪】，停工' })
  await wang.post('draft/save')
  expect(file('governors.txt')).toMatch(/设若\t✓ 【设若下雪】，停工\n$/u)
  await wang.post('history/undo', { n: '2' })
  await wang.post('draft/save')
  expect(file('governors.txt')).toMatch(/设若\t✓ 【设若停电】，停工\n$/u)
})

test('a file that cannot be read is told and not written over', async () => {
  const { wang, folder } = open()
  mkdirSync(folder)
  const gbk = Uint8Array.of(0xbc, 0xd7)
  writeFileSync(join(folder, 'thesaurus.txt'), gbk)
  writeFileSync(join(folder, 'governors.txt'), '[if start]\n设若 就是如果')
  const page = await wang.get('gazetteer')
  expect(page).toContain('不是 UTF-8 编码')
  expect(page).toContain('governors.txt 第 2 行没有读入')
  await wang.post('thesaurus/add', GROUP)
  const { status, text } = await wang.post('draft/save')
  expect([status, text.includes('先把文件改好')]).toEqual([500, true])
  expect(new Uint8Array(readFileSync(join(folder, 'thesaurus.txt')))).toEqual(gbk)
  expect(await wang.get('draft')).toContain('练摊儿')
})

test('where files cannot be written, the draft stays', async () => {
  const { wang, folder } = open()
  mkdirSync(join(folder, 'thesaurus.txt.fresh'), { recursive: true })
  await wang.post('thesaurus/add', GROUP)
  expect((await wang.post('draft/save')).text).toContain('草稿还在')
  expect(await wang.get('draft')).toContain('练摊儿')
})

test('what people write is shown, and is no markup', async () => {
  const { at } = open()
  const evil = at('<b>王</b>')
  await evil.post('thesaurus/add', { said: '<i>甲</i>', written: '"><script>乙' })
  const pages = [
    await evil.get('draft'),
    await evil.get('thesaurus', { q: '<i>', sentence: '<img src=x>', line: '<u>甲 > 乙' }),
  ]
  for (const page of pages) expect(page).not.toMatch(/<(?:b|i|u|img|script)[ >]/iu)
})

test('words are tried on a question and on judged ones before they are saved, then taken up', async () => {
  const config = parseConfig({ WENCE_DATA_DIR: tempFolder() })
  onTestFinished(() => useOwnWords(undefined))
  useSavedWords(config)
  const articles = join(tempFolder(), 'articles.jsonl')
  writeFileSync(
    articles,
    [
      {
        title: '濮阳市夜市摊位免收租金',
        text: '本报讯 濮阳市三个夜市的摊位今年免收租金。摊主到街道办登记。',
        date: '2024-05-02',
      },
      {
        title: '濮阳市国有企业招聘四百人',
        text: '本报讯 濮阳市国有企业今年招聘四百人。报名时间为六月一日至十日。',
        date: '2024-05-20',
      },
    ]
      .map((article) => JSON.stringify(article))
      .join('\n'),
  )
  const stores = await openStores(config)
  await ingest([articles], stores)
  await stores.close()

  const log = pino({ level: 'silent' })
  const engine = await openEngine(config, log)
  onTestFinished(engine.close)
  const judged = [
    { id: 'stalls', kind: 'fact', question: '练摊儿要交份子钱吗？', must_contain: ['免收租金'] },
    { id: 'jobs', kind: 'fact', question: '国企招多少人？', must_contain: ['四百人'] },
  ].map((one) => JudgedQuestion.parse(one))
  const folder = wordsFolder(config)
  const openTrialHere = vi.fn<WordsRoomDeps['openTrial']>((at) => openTrial(config, at, log))
  const { wang, at } = open({
    folder,
    openTrial: openTrialHere,
    takeUpWords: engine.takeUpWords,
    judgedQuestions: () => judged,
  })
  await wang.post('thesaurus/add', GROUP)
  await wang.post('thesaurus/add', { said: '份子钱', written: '租金' })
  await wang.post('thesaurus/change', { section: '', text: '国企 国有单位 = 国有企业', out: '1' })

  const tried = await wang.get('draft', { question: judged[0]!.question })
  expect(tried).toContain('回答不一样')
  expect(tried).toMatch(/改了以后<\/h3>.*免收租金/su)
  expect(tried).toContain('<ins>练摊儿：也找 夜市摊位</ins>')

  await wang.post('draft/run')
  expect(await wang.get('draft')).toContain('http-equiv="refresh"')
  expect(await at('小李').get('draft')).not.toContain('试完了')
  await vi.waitFor(
    async () => expect(await wang.get('draft')).toContain('试完了：问了 4 / 4 次'),
    20_000,
  )
  const ran = await wang.get('draft')
  expect(ran).toMatch(/由错变对 1 题<\/h3>.*练摊儿要交份子钱吗/su)
  expect(ran).toMatch(
    /现在：<span class="bad">错.*该答，却未答上来.*改了以后：<span class="good">对/su,
  )
  expect(ran).toContain('对的题：现在 1，')
  // The same engines answered all of it.
  expect(openTrialHere).toHaveBeenCalledTimes(2)

  const asked = async () => (await engine.ask(NEW_CHAT, judged[0]!.question)).answer.status
  expect(await asked()).toBe('not_found')
  expect((await wang.post('draft/save')).to).toContain('saved=now')
  expect(await asked()).toBe('answered')
}, 120_000)

test('a run of judged questions is stopped, and one at a time is under way', async () => {
  const question = JudgedQuestion.parse({ id: 'a', kind: 'fact', question: '甲？' })
  const asking: (() => void)[] = []
  const { wang, at } = open({
    judgedQuestions: () => [question, { ...question, id: 'b' }],
    openTrial: () =>
      Promise.resolve({
        examine: () => new Promise((_, reject) => asking.push(() => reject(new Error('停')))),
        close: () => Promise.resolve(),
      }),
  })
  const li = at('小李')
  await wang.post('thesaurus/add', GROUP)
  await li.post('thesaurus/add', GROUP)
  await wang.post('draft/run')
  await li.post('draft/run')
  expect(await li.get('draft')).toContain('小王正在试，等完成了再试')
  await vi.waitFor(() => expect(asking).not.toEqual([]))
  await wang.post('draft/stop')
  asking.splice(0).forEach((fail) => fail())
  await vi.waitFor(async () => expect(await wang.get('draft')).toContain('中途停下：问了 1 / 4 次'))
  expect(await li.get('draft')).not.toContain('小王正在试')
})

test('when no engine can be opened for trying, that is said', async () => {
  const { wang } = open({
    judgedQuestions: () => [JudgedQuestion.parse({ id: 'a', kind: 'fact', question: '甲？' })],
  })
  await wang.post('thesaurus/add', GROUP)
  expect(await wang.get('draft', { question: '甲？' })).toContain('没有引擎')
  await wang.post('draft/run')
  await vi.waitFor(async () => expect(await wang.get('draft')).toContain('没有试成'))
})
