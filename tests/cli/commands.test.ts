import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { tempFolder } from '../support/temp.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const QUESTION = '刚入驻高铁片区的厂子怎么接电，要交钱吗？'

interface Given {
  readonly data?: string
  readonly input?: string
  readonly env?: Readonly<Record<string, string>>
}

/** Runs one of our programs as a person does, with data of its own. */
async function run(
  script: string,
  args: readonly string[] = [],
  { data, input = '', env = {} }: Given = {},
) {
  const child = spawn(process.execPath, [`src/${script}.ts`, ...args], {
    cwd: root,
    env: { PATH: process.env.PATH, ...(data && { WENCE_DATA_DIR: data }), ...env },
  })
  child.stdin.end(input)
  const [out, err, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ])
  return { code: z.number().parse(code), out, err }
}

const Lines = z.array(z.looseObject({ id: z.string().optional() }))
const lines = (out: string) =>
  Lines.parse(
    out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  )

let filled = ''
beforeAll(async () => {
  filled = mkdtempSync(join(tmpdir(), 'wence-cli-'))
  await run('cli/ingest', ['seeds'], { data: filled })
})
afterAll(() => rmSync(filled, { recursive: true, force: true }))

describe.each(['main', 'cli/ingest', 'cli/repair', 'cli/articles', 'cli/search', 'cli/ask'])(
  '%s',
  (script) => {
    test('says how it is called', async () => {
      const { code, out } = await run(script, ['--help'])
      expect({ code, out }).toEqual({ code: 0, out: expect.stringMatching(/^npm (run|start)/u) })
    })

    test('says what was wrong with the call', async () => {
      const { code, out, err } = await run(script, ['--no-such-option'], { data: tempFolder() })
      expect({ code, out }).toEqual({ code: 2, out: '' })
      expect(err).toContain('--no-such-option')
    })
  },
)

test.each([
  ['cli/ingest', []],
  ['cli/ask', []],
  ['cli/ask', ['问题', '--date', 'yesterday']],
  ['cli/search', ['词', '--limit', 'many']],
  ['cli/repair', []],
  ['cli/ask', ['问题', '--place', '火星']],
])('%s %j is a wrong call', async (script, args) => {
  expect(await run(script, args, { data: filled })).toMatchObject({ code: 2, out: '' })
})

test('a wrong setting stops the start and is named', async () => {
  const { code, err } = await run('cli/ask', [QUESTION], { env: { EMBEDDING_BATCH: 'zehn' } })
  expect(code).toBe(1)
  expect(err).toMatch(/^Wrong setting.*EMBEDDING_BATCH/u)
})

test('eval says in a sentence that its questions are not there', async () => {
  const { code, err } = await run('cli/eval', ['missing.jsonl'], { data: filled })
  expect({ code, err }).toEqual({
    code: 1,
    err: expect.stringMatching(/^missing.jsonl: there is no such file/u),
  })
})

test('says what to do when the data directory cannot be used', async () => {
  const data = join(tempFolder(), 'file')
  writeFileSync(data, '')
  const { code, err } = await run('cli/ask', [QUESTION], { data })
  expect(code).toBe(1)
  expect(err).toMatch(/data directory cannot be read and written.*WENCE_DATA_DIR/u)
})

test('a command that reads the index reads the seeds first', async () => {
  const data = tempFolder()
  const first = await run('cli/articles', ['--json'], { data })
  expect(first.err).toContain('reading seeds/')
  expect(lines(first.out).length).toBeGreaterThan(20)
  expect((await run('cli/articles', ['--json'], { data })).err).toBe('')
})

test('ingest says what it cannot read, reads the rest, and exits 1', async () => {
  const folder = tempFolder()
  writeFileSync(join(folder, 'a.txt'), '近日，市税务局推出新办法，企业可以网上申报，不收取费用。\n')
  writeFileSync(
    join(folder, 'b.jsonl'),
    '{"title":"一","text":"市里出台办法，支持企业贷款。"}\nnot json\n',
  )
  const { code, err, out } = await run(
    'cli/ingest',
    [folder, join(folder, 'missing.txt'), '--json'],
    { data: tempFolder() },
  )
  expect(code).toBe(1)
  expect(err).toMatch(/✗ .*missing\.txt: there is no such file/u)
  expect(err).toMatch(/✗ .*b\.jsonl:2: /u)
  expect(JSON.parse(out)).toMatchObject([
    { status: 'failed' },
    { source: 'a.txt', articles: 1 },
    { source: 'b.jsonl', articles: 1 },
  ])
})

test('repairs lines in order, and the rest where one is bad', async () => {
  const input = ['{"id":"1","text":"９ 月 ，降低"}', 'x', '{"id":"2","text":"好"}'].join('\n')
  const { code, out, err } = await run('cli/repair', ['--jsonl'], { input })
  expect(lines(out)).toEqual([
    { id: '1', text: '9月，降低' },
    { id: '2', text: '好' },
  ])
  expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('Line 2') })
})

test('searches questions line by line', async () => {
  const input = `{"id":"a","question":"${QUESTION}"}\n{"id":"b","question":"环评打捆"}\n`
  const { code, out } = await run('cli/search', ['--jsonl', '--limit', '3'], {
    data: filled,
    input,
  })
  expect(code).toBe(0)
  expect(lines(out)).toMatchObject([
    { id: 'a', results: [{ rank: 1 }, { rank: 2 }, { rank: 3 }] },
    { id: 'b', results: [{ text: expect.stringContaining('打捆') }, {}, {}] },
  ])
})

test('answers questions line by line, in order, with ids', async () => {
  const input = `{"id":"a","question":"${QUESTION}","more":1}\n{"id":"b","question":"今天午饭吃什么？"}\n`
  const { code, out } = await run('cli/ask', ['--jsonl'], { data: filled, input })
  expect(code).toBe(0)
  expect(lines(out)).toMatchObject([
    { id: 'a', question: QUESTION, status: 'answered', mode: 'words', model: null },
    { id: 'b', status: 'not_found', statements: [] },
  ])
})

describe('npm start in a pipe', () => {
  const talk = (...input: string[]) =>
    run('main', [], { data: filled, input: `${input.join('\n')}\n` })

  test('answers in the words of the article, with headline, paper, date and place', async () => {
    const { code, out } = await talk(QUESTION)
    expect(code).toBe(0)
    for (const words of [
      '无需承担任何报装及建设费用',
      '“电等企业”供电服务模式',
      '濮阳日报',
      '2022年10月',
      '濮阳市',
    ]) {
      expect(out).toContain(words)
    }
  })

  test('answers a courtesy with a sentence, and a word alone with questions to ask', async () => {
    const { out } = await talk('你好', '用电？')
    expect(out).toMatch(
      /^您好！.*\n\n想了解“用电”的哪一方面？.*\n\n· 关于用电，《.*》讲了什么内容？\n/u,
    )
    expect(out).not.toMatch(/收录的报道没有回答|提示：/u)
  })

  test('shows how a follow-up was understood', async () => {
    const { out } = await talk('中试基地奖多少钱？', '要带什么材料？')
    expect(out).toMatch(/^按“.*中试基地.*材料.*”理解$/mu)
  })

  test('says once how to set the place, where 我市 may be any city', async () => {
    const { out } = await talk('我市有多少家企业用专利贷款？', '我市专利授权多少件？')
    expect(out.match(/输入 \/place/gu)).toHaveLength(1)
  })

  test('opens a source with the quote marked', async () => {
    const { out } = await talk(QUESTION, '/source 1')
    expect(out).toMatch(/【[^】]*即插即用[^】]*】/u)
  })

  test.each([
    ['/source 1', '请先提问'],
    ['/help', '/quit'],
    ['/dance', '没有 /dance 这个命令'],
  ])('%s', async (line, expected) => {
    expect((await talk(line)).out).toContain(expected)
  })

  test('says which sources there are when asked for another', async () => {
    expect((await talk(QUESTION, '/source 99')).out).toMatch(/\/source 1/u)
  })

  test('ends with /quit, and with the input', async () => {
    const { code, out } = await talk('/quit', QUESTION)
    expect({ code, out }).toEqual({ code: 0, out: '' })
  })
})
