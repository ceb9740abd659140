import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
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

const run = (script: string, args?: readonly string[], given?: Given) =>
  runFile(`src/${script}.ts`, args, given)

/** Runs one of our programs as a person does, with data of its own. */
async function runFile(
  file: string,
  args: readonly string[] = [],
  { data, input = '', env = {} }: Given = {},
) {
  const child = spawn(process.execPath, [file, ...args], {
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
}, 60_000)
afterAll(() => rmSync(filled, { recursive: true, force: true }))

/** Every script of package.json that is a program of ours, from the project's root. */
const OURS = Object.entries(
  z
    .object({ scripts: z.record(z.string(), z.string()) })
    .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))).scripts,
).flatMap(([name, line]) => {
  const file = /^node with-node24\.js (\S+\.ts)$/u.exec(line)?.[1]
  return file === undefined ? [] : [[name, file] as const]
})
/** What takes anything but options. */
const TAKES_MORE = new Set(
  'ingest repair search ask check-claim eval tune attack backup restore'.split(' '),
)

test('all of them are known', () => expect(OURS.length).toBeGreaterThanOrEqual(14))

describe.each(OURS)('npm run %s', (name, file) => {
  const runIt = (...args: string[]) => runFile(file, args, { data: tempFolder() })

  test('says how it is called', async () => {
    const { code, out } = await runIt('--help')
    expect({ code, out }).toEqual({ code: 0, out: expect.stringMatching(/^npm (run|start)/u) })
  })

  test('an argument that it does not know is a wrong call', async () => {
    const { code, out, err } = await runIt('--no-such-option')
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toMatch(/--no-such-option[^]*\n\nnpm (run|start)/u)
  })

  test.skipIf(TAKES_MORE.has(name))('so is one where it takes none', async () => {
    const { code, out, err } = await runIt('what-for')
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain('what-for')
  })
})

test.each(['repair', 'search', 'ask', 'check-claim'])(
  '%s takes lines or an argument, not both',
  async (name) => {
    const called = await run(`cli/${name}`, ['--jsonl', 'what-for'], { data: filled })
    expect(called).toMatchObject({ code: 2, out: '', err: expect.stringContaining('what-for') })
  },
)

test.each([
  ['cli/ingest', []],
  ['cli/ask', []],
  ['cli/ask', ['问题', '--date', 'yesterday']],
  ['cli/search', ['词', '--limit', 'many']],
  ['cli/repair', []],
  ['cli/ask', ['问题', '--place', '火星']],
  ['cli/check-claim', []],
  ['cli/tell', []],
  ['cli/tune', []],
  ['cli/eval', []],
  ['cli/eval', ['one.jsonl', 'two.jsonl']],
  ['cli/eval', ['one.jsonl', '--min', 'most']],
  ['cli/eval', ['one.jsonl', '--min', '101']],
])('%s %j is a wrong call', async (script, args) => {
  expect(await run(script, args, { data: filled })).toMatchObject({ code: 2, out: '' })
})

test('a wrong setting stops the start and is named', async () => {
  const { code, err } = await run('cli/ask', [QUESTION], { env: { EMBEDDING_BATCH: 'zehn' } })
  expect(code).toBe(1)
  expect(err).toMatch(/^Wrong setting.*EMBEDDING_BATCH/u)
})

test('where people are served the samples are not read', async () => {
  const data = tempFolder()
  const env = { NODE_ENV: 'production' }
  const { err, out } = await run('cli/ask', [QUESTION], { data, env })
  expect(err).toContain('Nothing is in the index yet')
  expect(err).not.toContain('seeds')
  expect(out).toContain('没有找到')
})

test.each(['main', 'cli/desk'])(
  '%s says that its port is in use before it reads anything',
  async (script) => {
    const other = createServer().listen(0)
    await once(other, 'listening')
    const { port } = z.object({ port: z.number() }).parse(other.address())
    const env = { PORT: String(port) }
    const { code, out, err } = await run(script, [], { data: tempFolder(), env })
    other.close()
    expect({ code, out }).toEqual({ code: 1, out: '' })
    // A server says it in its log.
    const said = script === 'main' ? z.object({ msg: z.string() }).parse(JSON.parse(err)).msg : err
    expect(said.trim()).toBe(
      `PORT ${port} is in use by another program: end that, or set PORT to another.`,
    )
  },
)

test('what keeps a question from being answered is said once', async () => {
  const env = { QDRANT_URL: 'http://127.0.0.1:1' }
  const { code, out, err } = await run('cli/ask', [QUESTION], { data: tempFolder(), env })
  expect({ code, out }).toEqual({ code: 1, out: '' })
  expect(err).toBe('Qdrant at 127.0.0.1:1 cannot be reached; check QDRANT_URL, or start it.\n')
})

test('a setting that is misspelt is named', async () => {
  const { code, err } = await run('cli/tell', ['--jsonl'], { env: { OPENAI_BASEURL: 'x' } })
  expect({ code, err }).toEqual({ code: 0, err: expect.stringMatching(/OPENAI_BASE_URL meant/u) })
})

test('what is wrong with a line is said in a sentence with its place', async () => {
  const input = '{"question":1}\n{"question":"用电","date":"gestern"}\n[]\n'
  const { code, err } = await run('cli/search', ['--jsonl'], { data: filled, input })
  expect(code).toBe(1)
  expect(err).toBe(
    [
      'Line 1 of the input: "question" must be text',
      'Line 2 of the input: "date" must be a day, as in 2026-01-31',
      'Line 3 of the input: it is not the JSON object that is expected\n',
    ].join('\n'),
  )
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

test('the terminal lists, opens and checks as Telegram does, also from a pipe', async () => {
  const input = [
    '/article',
    '/articles 环评',
    '/article 1',
    '/article 9',
    '/more',
    '/check 环评可以打捆审批',
    '/check',
    '/place 濮阳市',
    '/forget',
    '/source',
    '/nonsense',
    '/constructor',
    '/quit',
    QUESTION,
  ].join('\n')
  const { code, out, err } = await run('main', [], { data: filled, input })
  expect({ code, err }).toEqual({ code: 0, err: '' })
  const inOrder = [
    /^还没有列出报道，请先输入 \/articles。/u,
    /“环评”的报道 · 第 1 页\n1\. 《.+\n2\. /u,
    /来源文件：/u,
    /列出了 5 篇，请输入 \/article 1 到 \/article 5。/u,
    /“环评”的报道 · 第 2 页/u,
    /打捆/u,
    /例如：\/check/u,
    /所在地设为濮阳市/u,
    /关注的事都忘掉了/u,
    /还没有可以查看的出处/u,
    /没有 \/nonsense 这个命令/u,
    /没有 \/constructor 这个命令/u,
  ]
  let rest = out
  for (const said of inOrder) {
    expect(rest).toMatch(said)
    rest = rest.slice(rest.search(said))
  }
  expect(out).not.toContain('接电')
})

test.each([
  ['cli/articles', ['--json'], ''],
  ['cli/search', ['--jsonl', '--limit', '100'], `{"question":"用电"}\n`.repeat(50)],
  ['main', [], `${QUESTION}\n`.repeat(3)],
])('a reader of %s that closes early is no failure', async (script, args, input) => {
  const child = spawn(process.execPath, [`src/${script}.ts`, ...args], {
    cwd: root,
    env: { PATH: process.env.PATH, WENCE_DATA_DIR: filled },
  })
  child.stdin.on('error', () => {}).end(input)
  child.stdout.once('data', () => child.stdout.destroy())
  const err = text(child.stderr)
  expect(await once(child, 'exit')).toEqual([0, null])
  expect(await err).toBe('')
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

test('tells cuts line by line, in order, and the rest where one is bad', async () => {
  const input = [
    {
      id: 'time',
      sentence: '今年，全县夜市有摊位860个，客流两万人。',
      keep: ['客流'],
      place: '濮阳市',
      date: '2022-10',
    },
    { id: 'order', keep: [] },
    { id: 'label', sentence: '一是减免费用。', keep: ['减免'], subhead: '对策建议', more: 1 },
    { id: 'row', sentence: '区县 摊位\n东关 120', keep: ['120'] },
    { id: 'none', sentence: '摊位满了。', keep: ['别处的话'], headline: null },
  ].map((line) => JSON.stringify(line))
  const { code, out, err } = await run('cli/tell', ['--jsonl'], { input: input.join('\n') })
  expect(lines(out)).toEqual([
    { id: 'time', text: '今年（2022年），全县夜市有摊位860个，客流两万人。' },
    { id: 'label', text: '报告建议：减免费用。' },
    { id: 'row', text: '摊位 东关 120。' },
    { id: 'none', text: '' },
  ])
  expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('Line 2') })
})

test('explains an answer by its stages, each with its time', async () => {
  const { code, out } = await run('cli/ask', [QUESTION, '--explain'], { data: filled })
  expect(code).toBe(0)
  const Explained = z.looseObject({
    ms: z.number(),
    statements: z.array(z.unknown()).min(1),
    trace: z.array(z.looseObject({ stage: z.string(), ms: z.number().nonnegative() })),
  })
  const { ms, trace } = Explained.parse(JSON.parse(out))
  expect(trace.map(({ stage }) => stage)).toEqual([
    'retrieve',
    'context',
    'words',
    'tell',
    'notices',
  ])
  expect(trace.reduce((sum, stage) => sum + stage.ms, 0)).toBeCloseTo(ms)
})

test('explains nothing that it is not asked to', async () => {
  const { out } = await run('cli/ask', [QUESTION, '--json'], { data: filled })
  expect(JSON.parse(out)).not.toHaveProperty('trace')
})

describe('eval', () => {
  const FILE = '002_1c6fe130bace78a7.txt'
  const judged = [
    { id: 'right', kind: 'how', question: QUESTION, must_contain: ['无需承担'] },
    { id: 'worded', kind: 'how', question: QUESTION, must_contain: ['要交三千元'] },
    { id: 'refused', kind: 'unanswerable', question: '今天午饭吃什么？' },
    { id: 'answered', kind: 'unanswerable', question: QUESTION },
    {
      id: 'unfound',
      kind: 'how',
      question: QUESTION,
      must_contain: ['无'],
      evidence: [{ file: FILE, quote: '哪里也没有印过这一句话' }],
    },
  ]
  const scored = async (...args: string[]) => {
    const file = join(tempFolder(), 'judged.jsonl')
    writeFileSync(file, judged.map((line) => JSON.stringify(line)).join('\n'))
    return await run('cli/eval', [file, ...args], { data: filled })
  }
  const Summary = z.looseObject({
    stages: z.record(z.string(), z.number()),
    wrong: z.array(z.object({ id: z.string(), stage: z.string() })),
  })

  test('says at which stage answers went wrong', async () => {
    const { code, out } = await scored('--json')
    expect(code).toBe(0)
    const { stages, wrong } = Summary.parse(JSON.parse(out))
    expect(wrong.map(({ id, stage }) => `${id}: ${stage}`)).toEqual([
      'worded: wording',
      'answered: refusal',
      'unfound: retrieval',
    ])
    expect(stages).toEqual({ wording: 1, refusal: 1, retrieval: 1 })
  })

  test('names what failed, and what changed since the last run', async () => {
    const { out } = await scored('--failures')
    expect(out).toMatch(/^wrong, by stage\n.*wording/mu)
    expect(out).toMatch(/^worded \[how, wording\] .* lacks 要交三千元$/mu)
    expect((await scored()).out).toContain('since the last run: no question changed')
  })

  test.each([
    ['40', 0],
    ['40.1', 1],
  ])('with --min %s exits %d where two of five are right', async (min, code) => {
    expect((await scored('--min', min)).code).toBe(code)
  })

  test('with --min holds rankings to what they find', async () => {
    const { code, err } = await scored('--retrieval', '--min', '50')
    expect({ code, err }).toEqual({ code: 1, err: '0.0% are fewer than 50%.\n' })
  })
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

  test('opens what was told last, also what a claim was compared with', async () => {
    const { out } = await talk(QUESTION, '/check 环评可以打捆审批', '/source 1')
    expect(out.slice(out.lastIndexOf('①'))).toMatch(/【[^】]*打捆[^】]*】/u)
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
