import { describe, expect, test } from 'vitest'
import { IndexUnavailableError } from '../../../src/retrieval/index-unavailable.ts'
import { judgingOf, openDesk } from '../open-desk.ts'

const QUESTION = '浚县的小厂接电要交钱吗？'
const RIGHT = '企业无需承担接电费用'

describe('an answer', () => {
  test('stands beside its article, what is told marked where it stands', async () => {
    const desk = await openDesk()
    const { text } = await desk.ask(QUESTION)
    expect(text).toContain(`<h1 id="asked">${QUESTION}</h1>`)
    expect(text).toMatch(
      /<mark id="cite-1">.*<label class="piece told"><input[^>]*>企业无需承担接电费用<\/label>/su,
    )
    expect(text).toContain('href="#cite-1"')
    expect(text).toContain('浚县小微企业用电零投资')
  })

  test('says why, by features in Chinese, and how long each step took', async () => {
    const desk = await openDesk()
    const { text } = await desk.ask(QUESTION)
    expect(text).toMatch(/可能性：<strong>\d+%<\/strong>/u)
    expect(text).toContain('<td>这一句里有疑问词旁边的词</td>')
    expect(text).toMatch(/<summary>检索 <span class="soft">[\d.]+ 毫秒/u)
    expect(text).toMatch(/<strong>没选<\/strong>/u)
  })

  test('a follow-up goes on from it', async () => {
    const desk = await openDesk()
    const { path } = await desk.ask(QUESTION)
    const { text } = await desk.ask('几天能办好？', { after: path.split('/').at(-1)! })
    expect(text).toContain(`接着“${QUESTION}”问`)
    expect(text).toContain('3个工作日内办结')
  })

  test('a follow-up is judged with what it follows', async () => {
    const desk = await openDesk()
    const { path } = await desk.ask(QUESTION)
    const { to, fields } = judgingOf(
      await desk.ask('几天能办好？', { after: path.split('/').at(-1)! }),
    )
    await desk.post(to, { ...fields, verdict: 'right' })
    expect(desk.judged.all()).toMatchObject([{ judged: { history: [{ question: QUESTION }] } }])
    // Of one that is not kept any more nothing is guessed.
    expect(
      (await desk.post('/desk/ask/seen/gone/verdict', { ...fields, verdict: 'right' })).status,
    ).toBe(404)
  })

  test('other sentences are looked for, to be pointed at', async () => {
    const desk = await openDesk()
    const { path, text } = await desk.ask('火星上种土豆补贴多少钱？')
    expect(text).toContain('没有找到这个问题的答案')
    const query = new URLSearchParams({
      find: '专利质押贷款',
      piece: 'figures-1:53',
      note: '没找到',
    })
    const found = await desk.get(`${path}?${query.toString()}`)
    expect(found.text).toMatch(/value="figures-1:53" checked>预计2023年12月投用/u)
    expect(found.text).toContain('name="note" value="没找到"')
    expect(judgingOf(found).piece('单笔最高3000万元')).toMatch(/^loans-1:/)
  })
})

describe('a form that cannot be taken comes back filled in', () => {
  test.each([
    ['a place that nobody knows', { place: '子虚乌有' }, '不知道“子虚乌有”是哪里'],
    ['no day', { date: '2023-13-45' }, '日期要写成'],
    ['an answer that is not kept', { after: 'gone' }, '没有留着'],
  ])('%s', async (_name, more, sentence) => {
    const desk = await openDesk()
    const { status, text } = await desk.ask(QUESTION, more)
    expect(status).toBe(400)
    expect(text).toContain(sentence)
    expect(text).toContain(`value="${QUESTION}"`)
  })

  test('an index that is away', async () => {
    const desk = await openDesk({
      examine: () => Promise.reject(new IndexUnavailableError('away')),
    })
    const { status, text } = await desk.ask(QUESTION)
    expect(status).toBe(503)
    expect(text).toContain('检索服务暂时连不上')
    expect(text).toContain(`value="${QUESTION}"`)
  })
})

describe('a verdict', () => {
  test('is kept as it was meant, and can be taken back', async () => {
    const desk = await openDesk()
    const { to, fields, piece } = judgingOf(await desk.ask(QUESTION, { place: '浚县' }))
    const after = await desk.post(
      to,
      new URLSearchParams([
        ...Object.entries(fields),
        ['verdict', 'wrong'],
        ['piece', piece('3个工作日内办结')],
        ['piece', piece(RIGHT)],
        ['note', '问的是钱'],
      ]),
    )
    expect(after.text).toContain('已记为：选错了')
    expect(desk.judged.all()).toMatchObject([
      {
        said: 'wrong',
        who: '本机',
        note: '问的是钱',
        judged: {
          question: QUESTION,
          place: '浚县',
          date: '2023-06-01',
          must_contain: ['3个工作日内办结', RIGHT],
        },
      },
    ])
    const n = /name="n" value="(\d+)"/.exec(after.text)![1]!
    const back = /name="back" value="([^"]*)"/.exec(after.text)![1]!.replaceAll('&amp;', '&')
    expect((await desk.post('/desk/judged/undo', { n, back })).text).toContain(QUESTION)
    expect(desk.judged.all()).toEqual([])
  })

  test('is of what was asked also when the answer is not kept any more', async () => {
    const desk = await openDesk()
    const { fields } = judgingOf(await desk.ask(QUESTION))
    await desk.post('/desk/ask/seen/gone/verdict', { ...fields, verdict: 'right' })
    expect(desk.judged.all()).toMatchObject([{ said: 'right', answer: { status: 'answered' } }])
  })

  test('that none of the five is keeps nothing', async () => {
    const desk = await openDesk()
    const { to, fields } = judgingOf(await desk.ask(QUESTION))
    expect((await desk.post(to, { ...fields, verdict: 'toString' })).status).toBe(400)
    expect(desk.judged.all()).toEqual([])
  })

  test('is shown where the same is asked again', async () => {
    const desk = await openDesk()
    const { to, fields } = judgingOf(await desk.ask(QUESTION))
    await desk.post(to, { ...fields, verdict: 'right' })
    expect((await desk.ask(QUESTION)).text).toContain('本机判过：答得对')
  })
})

describe('a queue', () => {
  test('is judged one after the other until nothing waits', async () => {
    const desk = await openDesk()
    const pasted = `${QUESTION}\n\n{"question":"科技大厦什么时候投用？","date":"2023-02-01"}\n`
    expect((await desk.post('/desk/ask/queue', { pasted })).text).toContain('有 2 题等着判')
    const first = await desk.get('/desk/ask/next')
    expect(first.text).toContain('还有 2 题')
    const skipped = await desk.get(/href="(\/desk\/ask\/next\?after=\d+)"/.exec(first.text)![1]!)
    expect(skipped.text).toContain('2023-02-01 问')
    const one = judgingOf(skipped)
    const next = await desk.post(one.to, { ...one.fields, verdict: 'right' })
    expect(next.text).toContain('已记为：答得对')
    expect(next.text).toContain(`<h1 id="asked">${QUESTION}</h1>`)
    const two = judgingOf(next)
    expect((await desk.post(two.to, { ...two.fields, verdict: 'right' })).text).toContain(
      '都判完了',
    )
  })

  test('a line that is no question is named, and nothing of the text is lost', async () => {
    const desk = await openDesk()
    const { status, text } = await desk.post('/desk/ask/queue', { pasted: `${QUESTION}\n{"q":1}` })
    expect(status).toBe(400)
    expect(text).toContain('第 2 行不是问题')
    expect(text).toContain(`${QUESTION}\n{&quot;q&quot;:1}</textarea>`)
    expect(desk.queue.size()).toBe(0)
  })

  test('takes what readers asked in vain, and what was imported and not judged', async () => {
    const desk = await openDesk({ unanswered: () => Promise.resolve([QUESTION]) })
    desk.judged.importAll(
      [
        {
          id: 'f1',
          kind: 'when',
          question: '科技大厦什么时候投用？',
          must_contain: ['2023年12月'],
          must_contain_any: [],
          must_not_contain: [],
          evidence: [],
        },
      ],
      '小李',
      1,
    )
    await desk.post('/desk/ask/queue/imported', {})
    expect((await desk.post('/desk/ask/queue/unanswered', {})).text).toContain('有 2 题等着判')
    const one = judgingOf(await desk.get('/desk/ask/next'))
    await desk.post(one.to, { ...one.fields, verdict: 'right' })
    // What the file says of a right answer stays.
    expect(desk.judged.find('f1')).toMatchObject({
      said: 'right',
      judged: { must_contain: ['2023年12月'] },
    })
  })
})

test('what is asked is data', async () => {
  const desk = await openDesk()
  const { text } = await desk.ask('<script>alert(1)</script>"\' 接电要钱吗？')
  expect(text).not.toContain('<script>alert')
  expect(text).toContain('&lt;script&gt;alert(1)')
})
