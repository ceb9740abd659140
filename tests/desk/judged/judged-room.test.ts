import { describe, expect, test, vi } from 'vitest'
import { parseQuestions } from '../../../src/answer/evaluate/judged-question.ts'
import { openDesk } from '../open-desk.ts'

const LINES = [
  {
    id: 'a',
    kind: 'money',
    question: '浚县的小厂接电要交钱吗？',
    date: '2023-06-01',
    must_contain: ['无需承担接电费用'],
    evidence: [{ file: 'power.txt', quote: '企业无需承担接电费用' }],
  },
  {
    id: 'b/2',
    kind: 'when',
    question: '科技大厦什么时候投用？',
    date: '2023-06-01',
    must_contain: ['2023年12月'],
    must_contain_any: [['投用', '使用'], '预计'],
  },
  { id: 'c', kind: 'unanswerable', question: '德州专利质押贷款有多少亿？', date: '2023-06-01' },
]
const FILE = LINES.map((line) => JSON.stringify(line)).join('\n')

const importing = (text: string) => {
  const form = new FormData()
  form.set('file', new File([text], 'q.jsonl'))
  return form
}
async function filled() {
  const desk = await openDesk()
  const { text } = await desk.post('/desk/judged/import', importing(FILE))
  expect(text).toContain('导入了 3 题新的，代替了 0 题')
  return desk
}
async function run(desk: Awaited<ReturnType<typeof openDesk>>) {
  await desk.post('/desk/judged/run', {})
  await vi.waitFor(() => expect(desk.runner.progress()).toBeUndefined(), { timeout: 10_000 })
  return desk.get('/desk/judged/run')
}

describe('a file', () => {
  test('may have half a letter in an id, and the page goes on to be shown', async () => {
    const desk = await openDesk()
    const { status, text } = await desk.post(
      '/desk/judged/import',
      importing(JSON.stringify({ ...LINES[0], id: '半\ud800' })),
    )
    expect([status, text.includes('question?id=%E5%8D%8A%EF%BF%BD')]).toEqual([200, true])
  })

  test('goes in and comes out as eval takes it', async () => {
    const desk = await filled()
    const exported = await desk.get('/desk/judged/export.jsonl')
    expect(parseQuestions(exported.text, 'out')).toEqual(parseQuestions(FILE, 'in'))
    const again = await desk.post('/desk/judged/import', importing(`\uFEFF${exported.text}`))
    expect(again.text).toContain('导入了 0 题新的，代替了 0 题，3 题没有变')
  })

  test('with a line at fault goes in not at all, and the fault is said as eval says it', async () => {
    const desk = await openDesk()
    const { status, text } = await desk.post(
      '/desk/judged/import',
      importing(`${FILE}\n{"id":"d"}`),
    )
    expect(status).toBe(400)
    expect(text).toContain('q.jsonl, line 4: &quot;question&quot; is missing')
    expect(desk.judged.all()).toEqual([])
  })
})

describe('a run', () => {
  test('says what is right, what is wrong and why, and what turned', async () => {
    const desk = await filled()
    const first = await run(desk)
    expect(first.path).toBe('/desk/judged/runs/1')
    expect(first.text).toContain('2 / 3 题对')
    expect(first.text).toContain('不该答，却答了')
    expect(desk.runs.latest(1)[0]!.picked).toMatch(/^权重 /)

    await desk.post('/desk/judged/remove?id=a', {})
    const lines = [
      { ...LINES[1]!, must_contain: ['2024年'] },
      { ...LINES[2]!, kind: 'money', must_contain: ['7.9亿元'] },
    ]
    await desk.post(
      '/desk/judged/import',
      importing(lines.map((line) => JSON.stringify(line)).join('\n')),
    )
    const second = await run(desk)
    expect(second.text).toContain('1 题由错变对')
    expect(second.text).toContain('1 题由对变错')
    const worse = await desk.get('/desk/judged?state=worse')
    expect(worse.text).toContain('id=b%2F2')
    expect(worse.text).not.toContain('id=c"')
  })

  test('can be stopped, and then nothing of it is kept', async () => {
    const first = Promise.withResolvers<never>()
    const desk = await openDesk({ examine: () => first.promise })
    await desk.post('/desk/judged/import', importing(FILE))
    expect((await desk.post('/desk/judged/run', {})).text).toContain('0 / 3 题')
    expect((await desk.get('/desk/judged')).text).toContain('正在跑：0 / 3')
    await desk.post('/desk/judged/stop', {})
    first.reject(new Error('It ended'))
    await vi.waitFor(() => expect(desk.runner.progress()).toBeUndefined())
    expect(desk.runs.latest(1)).toEqual([])
  })

  test('that another version kept otherwise is passed over', async () => {
    const desk = await filled()
    const { changes } = desk.db
      .prepare("INSERT INTO runs (who, at, ms, picked, ran) VALUES ('', 1, 1, '', '[{}]')")
      .run()
    expect(changes).toBe(1)
    expect((await desk.get('/desk/judged')).status).toBe(200)
    expect((await run(desk)).text).toContain('2 / 3 题对')
  })

  test('goes on where one question cannot be answered', async () => {
    const desk = await openDesk({ examine: () => Promise.reject(new Error('It ended')) })
    await desk.post('/desk/judged/import', importing(FILE))
    expect((await run(desk)).text).toContain('0 / 3 题对')
  })
})

describe('a question', () => {
  const fields = {
    question: '科技大厦何时投用？',
    kind: 'when',
    place: '',
    date: '2023-06-02',
    must_contain: '2023年12月\r\n预计',
    must_not_contain: '',
    file: 'figures.txt',
    quote: '预计2023年12月投用',
    note: '改了问法',
  }

  test('is edited in every field', async () => {
    const desk = await filled()
    const shown = await desk.get('/desk/judged/question?id=b%2F2')
    expect(shown.text).toContain('投用\n使用</textarea>')
    const groups = ['投用\r\n使用', '建成', ''].map((one) => ['must_contain_any', one])
    const { text } = await desk.post(
      '/desk/judged/question?id=b%2F2',
      new URLSearchParams([...Object.entries(fields), ...groups]),
    )
    expect(text).toContain('改过几次')
    expect(desk.judged.find('b/2')).toMatchObject({
      note: '改了问法',
      judged: {
        id: 'b/2',
        question: '科技大厦何时投用？',
        date: '2023-06-02',
        must_contain: ['2023年12月', '预计'],
        must_contain_any: [['投用', '使用'], ['建成']],
        evidence: [{ file: 'figures.txt', quote: '预计2023年12月投用' }],
      },
    })
  })

  test('says what it checks, and where its evidence is printed', async () => {
    const desk = await filled()
    const { text } = await desk.get('/desk/judged/question?id=a')
    expect(text).toContain(
      '以后这样核对：要回答，说到“无需承担接电费用”，引用“企业无需承担接电费用”。',
    )
    expect(text).toMatch(/《[^》]*零投资[^》]*》 <small>power.txt<\/small>/u)
  })

  test('that should not have been answered must be refused from then on', async () => {
    const desk = await filled()
    await desk.post('/desk/judged/question?id=b%2F2', { ...fields, said: 'refuse' })
    expect(desk.judged.find('b/2')).toMatchObject({
      said: 'refuse',
      judged: { kind: 'unanswerable' },
    })
  })

  test.each([
    [{ question: ' ' }, '问题和类别都要填'],
    [{ date: '2023-06-32' }, '日期要写成'],
    [{ quote: '' }, '一处出处要有文件'],
  ])('that cannot be kept comes back as it was sent: %o', async (more, sentence) => {
    const desk = await filled()
    const { status, text } = await desk.post('/desk/judged/question?id=b%2F2', {
      ...fields,
      ...more,
    })
    expect(status).toBe(400)
    expect(text).toContain(sentence)
    expect(text).toContain('2023年12月\n预计</textarea>')
    expect(desk.judged.history('b/2').length).toBe(1)
  })

  test('is taken out, and put back', async () => {
    const desk = await filled()
    const { text } = await desk.post('/desk/judged/remove?id=a', {})
    expect(text).toContain('已删去')
    const n = /name="n" value="(\d+)"/.exec(text)![1]!
    await desk.post('/desk/judged/undo', { n, back: 'https://elsewhere.example/' })
    expect(desk.judged.find('a')).toBeDefined()
    expect((await desk.post('/desk/judged/undo', { n })).status).toBe(409)
  })

  test('that is not there is not there', async () => {
    const desk = await openDesk()
    expect((await desk.get('/desk/judged/question?id=none')).status).toBe(404)
    expect((await desk.get('/desk/judged/runs/9')).status).toBe(404)
  })
})
