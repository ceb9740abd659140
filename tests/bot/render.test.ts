import { expect, test } from 'vitest'
import { answerKeyboard } from '../../src/bot/handlers/answer-question.ts'
import { type Formatted, formatted, joined } from '../../src/bot/render/formatted.ts'
import { renderAnswer, renderPartial } from '../../src/bot/render/render-answer.ts'
import { listedQuery, renderArticles, renderClaim } from '../../src/bot/render/render-lists.ts'
import { copyButtons, linkButtons } from '../../src/bot/render/render-source.ts'
import { splitMessage } from '../../src/bot/render/split-message.ts'
import type { Answer, Citation } from '../../src/corpus.ts'
import { ANSWERS } from '../support/answers-to-read.ts'
import { checkMarkup, checkText } from '../support/bot-api/check-payload.ts'

const citation = (n: number, articleId: string, place = '濮阳市'): Citation => ({
  n,
  articleId,
  passageId: `${articleId}#1`,
  source: 'a.txt',
  headline: `标题${articleId}`,
  publication: { name: '某日报', inferred: true, issue: null, page: null },
  date: { value: '2022-10', printed: null, inferred: true, reason: null },
  place: ['某省', place],
  url: null,
  quote: `第${n}句\n原话 *_[]()~>#+-=|{}.! <b>`,
  spans: [{ start: 0, end: 5 }],
})

const answer = (more: Partial<Answer>): Answer => ({
  question: '补贴多少？',
  standalone: '补贴多少？',
  status: 'answered',
  statements: [
    { text: '补贴五万元。', citations: [1, 2] },
    { text: '当年申报。', citations: [3] },
  ],
  citations: [citation(1, '甲'), citation(2, '甲'), citation(3, '乙')],
  missing: [],
  notices: [],
  text: '',
  mode: 'words',
  model: null,
  promptVersion: null,
  ms: 1,
  ...more,
})

const TODAY = '2023-02-01'

/** Messages as a telephone shows them: *bold*, and each line of a folded quote behind a bar. */
const shown = (value: Answer, today = TODAY) =>
  splitMessage(renderAnswer(value, { today })).map(drawn).join('\n———\n')

function drawn({ text, entities }: Formatted): string {
  const has = (type: string, at: number) =>
    entities.some((e) => e.type === type && e.offset <= at && at < e.offset + e.length)
  return Array.from({ length: text.length }, (_, i) => {
    const bar = has('expandable_blockquote', i) && (i === 0 || text[i - 1] === '\n') ? '│ ' : ''
    const star = has('bold', i) !== has('bold', i - 1) ? '*' : ''
    return bar + star + text[i]
  }).join('')
}

test.each(ANSWERS)('%s', (_name, value, today) => {
  expect(shown(value, today)).toMatchSnapshot()
})

test('the question is shown above the answer where nothing else shows it', () => {
  const [first] = renderAnswer(answer({}), { today: TODAY, asked: '补贴多少？' })
  expect(first?.text).toBe('问：补贴多少？')
})

test('how a question was understood is shown first, in italics, where it is not what was typed', () => {
  const blocks = renderAnswer(answer({ question: '那要多少', standalone: '补贴要多少' }), {
    today: TODAY,
  })
  expect(blocks[0]).toMatchObject({
    text: '按“补贴要多少”理解',
    entities: [{ type: 'italic', offset: 0, length: 10 }],
  })
  const quoting = answer({ question: '那要多少', standalone: '“先锋贷”要多少' })
  expect(shown(quoting)).toContain('按“‘先锋贷’要多少”理解')
  const same = answer({ question: '谢谢，补贴多少？', standalone: '补贴多少' })
  expect(shown(same)).not.toContain('理解')
})

const offer = answer({
  question: '补贴？',
  standalone: '补贴？',
  status: 'not_found',
  statements: [],
  citations: [],
  notices: [
    { kind: 'courtesy', text: '哪一方面？', citations: [], readings: ['补贴甲？', '乙？'] },
  ],
})

test('a courtesy is its sentence alone, and a button for each question that it offers', () => {
  expect(shown(offer)).toBe('哪一方面？')
  expect(answerKeyboard('id', offer)).toEqual([
    [{ text: '补贴甲？', callback_data: 'r:id:0' }],
    [{ text: '乙？', callback_data: 'r:id:1' }],
  ])
  const alone = answer({
    status: 'not_found',
    statements: [],
    citations: [],
    notices: [{ kind: 'alone', text: '单独问：', citations: [], readings: ['补贴甲？'] }],
  })
  expect(shown(alone)).toMatch(/单独问：$/u)
  expect(answerKeyboard('id', alone)[0]).toEqual([{ text: '补贴甲？', callback_data: 'r:id:0' }])
  expect(answerKeyboard('id', alone)).toHaveLength(2)
  const plain = answer({ notices: [{ kind: 'courtesy', text: '您好！', citations: [] }] })
  expect(answerKeyboard('id', plain)).toEqual([])
})

test('what is being written looks as the whole will', () => {
  const { statements, citations } = answer({})
  const partial = renderPartial(
    { statements: statements.slice(0, 1), citations, today: TODAY },
    '…',
  )
  expect(drawn(partial)).toMatchInlineSnapshot(`
    "*濮阳市 · 2022年10月 · 某日报（均为推断）*
    补贴五万元。①②

    …"
  `)
})

test('a claim is shown with the sentence to compare it with, unfolded', () => {
  const blocks = renderClaim({
    claim: '补贴六万元',
    verdict: 'changed',
    differences: [{ claimed: '六万元', printed: '五万元' }],
    citations: [citation(1, '甲')],
    ms: 1,
  })
  expect(drawn(joined(blocks, '\n\n'))).toMatchInlineSnapshot(`
    "*报道里有这句话，但写的不一样：*

    说的是“六万元”，报道写的是“五万元”

    ① *《标题甲》*
    某日报 · 2022年10月（均为推断） · 濮阳市
    第1句原话 *_[]()~>#+-=|{}.! <b>"
  `)
  expect(blocks.at(-1)?.entities.map(({ type }) => type)).toContain('blockquote')
})

test('whatever an answer holds, Telegram takes its messages and buttons', () => {
  const citations = Array.from({ length: 30 }, (_, i) => ({
    ...citation(i + 1, `文${i}`),
    quote: `${'很长的原话。'.repeat(60)}😀`,
  }))
  const value = answer({
    citations,
    statements: citations.map(({ n }) => ({ text: '话。'.repeat(20), citations: [n] })),
  })
  const messages = splitMessage(renderAnswer(value, { today: TODAY }))
  expect(messages.length).toBeGreaterThan(1)
  for (const { text, entities } of messages) checkText(text, entities)
  checkMarkup({
    inline_keyboard: answerKeyboard('aB3_-xYz01234567', value).map((row) =>
      row.map((button) => ({ ...button })),
    ),
  })
})

test.each([
  ['one city', answer({}), false],
  ['two cities', answer({ citations: [citation(1, '甲'), citation(2, '乙', '聊城市')] }), true],
  [
    'a notice of another place',
    answer({ notices: [{ kind: 'place', text: '别处', citations: [] }] }),
    true,
  ],
])('another place is offered when it was unclear: %s', (_name, value, offered) => {
  const labels = answerKeyboard('id', value)
    .flat()
    .map(({ text }) => text)
  expect(labels.includes('换个地区')).toBe(offered)
})

test('each of several cities is offered where nobody said which, and asks the same of it', () => {
  const value = answer({
    citations: [citation(1, '甲'), citation(2, '乙', '聊城市'), citation(3, '丙')],
  })
  const offered = (unknown: boolean) =>
    answerKeyboard('id', value, unknown)
      .flat()
      .filter(({ text }) => text.startsWith('只看'))
      .map((button) => [button.text, 'callback_data' in button && button.callback_data])
  expect(offered(true)).toEqual([
    ['只看濮阳市', 'g:id:濮阳市'],
    ['只看聊城市', 'g:id:聊城市'],
  ])
  expect(offered(false)).toEqual([])
})

test('another place is offered where nobody said which city 我市 is', () => {
  const labels = answerKeyboard('id', answer({}), true).flat()
  expect(labels.map(({ text }) => text)).toContain('换个地区')
})

const LONG = { headline: `${'很长的标题'.repeat(60)}😀` }
test.each([
  ['with its address', '短引文。', {}, '复制引文和出处', /^短引文。\n《标题甲》 · .+\nhttps:/u],
  ['without', `补贴${'很'.repeat(210)}多。`, {}, '复制引文和出处', /多。\n《标题甲》 · [^\n]+$/u],
  ['alone', `补贴${'很'.repeat(250)}多。`, {}, '复制引文', /^补贴很+多。$/u],
  ['and not in part', '很长的一句话，补贴2.86亿元。'.repeat(20), {}, '复制出处', /^《标题甲》 · /u],
  ['a quote of a long headline', '短引文。', LONG, '复制引文', /^短引文。$/u],
])('a quote is copied whole: %s', (_name, quote, more, label, copied) => {
  const address = `https://paper.example/${'1'.repeat(20)}`
  const [button, ...others] = copyButtons({ ...citation(1, '甲'), quote, ...more }, address)
  expect(others).toEqual([])
  expect(button).toMatchObject({ text: label, copy_text: { text: expect.stringMatching(copied) } })
  checkMarkup({ inline_keyboard: [[{ ...button! }]] })
})

test('what a button holds neither of is not offered to be copied', () => {
  const quote = '很长的一句话。'.repeat(60)
  expect(copyButtons({ ...citation(1, '甲'), quote, ...LONG }, undefined)).toEqual([])
})

test('links lead to the source page and to the paper’s own page', () => {
  const links = (url: string | null, site?: string) =>
    linkButtons({ id: '编号 1', url }, site).map((button) => 'url' in button && button.url)
  expect(links('https://paper.example/1', 'https://wence.example/')).toEqual([
    'https://wence.example/s/%E7%BC%96%E5%8F%B7%201',
    'https://paper.example/1',
  ])
  expect(links('javascript:alert(1)')).toEqual([])
  expect(links(null)).toEqual([])
})

test.each(['贷款', '“引号”里的', ''])(
  'a list gives back the query it was made for: %j',
  (query) => {
    const list = formatted(renderArticles({ articles: [], page: 0, more: false }, query))
    expect(listedQuery(list.text)).toBe(query)
  },
)
