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

describe('what is looked for', () => {
  test('stands first where it is said, the answer’s own article with it', async () => {
    const desk = await openDesk()
    const { path } = await desk.ask(QUESTION)
    const { text } = await desk.get(`${path}?given=1&find=${encodeURIComponent(RIGHT)}`)
    expect(text).toMatch(new RegExp(`1 篇里有 1 段写到“${RIGHT}”。`, 'u'))
    expect(text).toMatch(new RegExp(`<label class="piece told sought">.*${RIGHT}`, 'u'))
  })

  test('and is said nowhere is said to be nowhere', async () => {
    const desk = await openDesk()
    const { path } = await desk.ask(QUESTION)
    const { text } = await desk.get(`${path}?given=1&find=${encodeURIComponent('接电免费不要钱')}`)
    expect(text).toContain('没有一篇写到“接电免费不要钱”，下面是意思相近的')
  })

  test('an article can be read whole', async () => {
    const desk = await openDesk()
    const { path, text } = await desk.ask(QUESTION)
    const full = /name="full" value="([^"]+)"/.exec(text)![1]!
    const whole = await desk.get(`${path}?given=1&full=${encodeURIComponent(full)}`)
    expect(whole.text).toContain(`<input type="hidden" form="judging" name="full" value="${full}">`)
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
    expect(after.text).toContain(`以后这样核对：要回答，说到“3个工作日内办结”“${RIGHT}”，引用`)
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

  test('of an answer that is another by now is not kept, and that one is shown', async () => {
    const desk = await openDesk()
    const { fields } = judgingOf(await desk.ask(QUESTION))
    const given = { ...fields, answered: 'another', verdict: 'right' }
    const { text } = await desk.post('/desk/ask/seen/gone/verdict', given)
    expect(text).toContain('和您刚才看的不一样')
    expect(desk.judged.all()).toEqual([])
  })

  test('that none of the five is keeps nothing', async () => {
    const desk = await openDesk()
    const { to, fields } = judgingOf(await desk.ask(QUESTION))
    expect((await desk.post(to, { ...fields, verdict: 'toString' })).status).toBe(400)
    expect(desk.judged.all()).toEqual([])
  })

  test('that can be checked only roughly is kept when it is said twice', async () => {
    const desk = await openDesk()
    const { to, fields } = judgingOf(await desk.ask(QUESTION))
    const once = await desk.post(to, { ...fields, verdict: 'wrong', note: '问的是钱' })
    expect(once.text).toContain('再按一次“选错了”就这样记')
    expect(once.text).toContain('value="问的是钱"')
    expect(desk.judged.all()).toEqual([])
    const sure = /name="sure" value="(\w+)"/.exec(once.text)![1]!
    const twice = await desk.post(to, { ...fields, verdict: 'wrong', sure })
    expect(twice.text).toContain('（没有点出对的原文，只能粗略地核对）')
  })

  test('with ticks comes back with them where the same is asked again', async () => {
    const desk = await openDesk()
    const { to, fields, piece, sentence } = judgingOf(await desk.ask(QUESTION))
    const given = [
      ['verdict', 'right'],
      ['piece', piece(RIGHT)],
      ['sentence', sentence('3个工作日内办结')],
    ]
    await desk.post(to, new URLSearchParams([...Object.entries(fields), ...given]))
    const { text } = await desk.ask(QUESTION)
    const checked = [...text.matchAll(/name="(\w+)" value="([^"]+)"[^>]* checked/g)]
    expect(new Set(checked.map(([, name, value]) => `${name} ${value}`))).toEqual(
      new Set([`piece ${piece(RIGHT)}`, `sentence ${sentence('3个工作日内办结')}`]),
    )
  })

  test('keeps a sentence too many from coming again', async () => {
    const desk = await openDesk()
    const { to, fields } = judgingOf(await desk.ask(QUESTION))
    const kept = await desk.post(to, { ...fields, verdict: 'right', extra: '0' })
    const [words] = desk.judged.all()[0]!.judged.must_not_contain
    expect(desk.judged.all()[0]!.answer!.text).toContain(words)
    expect(kept.text).toContain(`不说“${words}”`)
  })

  test('of a refusal is one that fits a refusal', async () => {
    const desk = await openDesk()
    const refused = await desk.ask('火星上种土豆补贴多少钱？')
    expect(refused.text).toMatch(/data-key="1"><kbd>1<\/kbd> 不答是对的/u)
    expect(refused.text).toContain('该答没答')
    expect(refused.text).not.toContain('选错了')
    const { to, fields } = judgingOf(refused)
    expect((await desk.post(to, { ...fields, verdict: 'right' })).text).toContain(
      '已记为：不答是对的',
    )
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
    expect(await desk.queue.size()).toBe(0)
  })

  test('what a reader takes back waits no more', async () => {
    let isKept = true
    const unanswered = () => Promise.resolve(isKept ? [QUESTION] : [])
    const desk = await openDesk({ unanswered, isKept: async () => isKept })
    await desk.post('/desk/ask/queue/unanswered', {})
    expect(await desk.queue.size()).toBe(1)
    isKept = false
    expect((await desk.get('/desk/ask/next')).text).not.toContain(QUESTION)
    expect(await desk.queue.size()).toBe(0)
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
