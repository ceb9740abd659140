import { expect, test } from 'vitest'
import { answerKeyboard } from '../../src/bot/answer-question.ts'
import { formatted } from '../../src/bot/formatted.ts'
import { renderAnswer } from '../../src/bot/render-answer.ts'
import { listedQuery, renderArticles } from '../../src/bot/render-lists.ts'
import { COPIED_LENGTH, copyButton, linkButtons } from '../../src/bot/render-source.ts'
import { splitMessage } from '../../src/bot/split-message.ts'
import type { Answer, Citation } from '../../src/corpus.ts'
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
  mode: 'extractive',
  model: null,
  promptVersion: null,
  ms: 1,
  ...more,
})

const shown = (value: Answer) =>
  splitMessage(renderAnswer(value))
    .map(({ text }) => text)
    .join('\n———\n')

test('an answer: statements, what to mind, and each article once', () => {
  const value = answer({
    missing: ['何时到账', '找谁'],
    notices: [{ kind: 'stale', text: '这是2022年的报道。', citations: [1] }],
  })
  expect(shown(value)).toMatchInlineSnapshot(`
    "补贴五万元。①②

    当年申报。③

    报道没有说：何时到账；找谁

    提示：这是2022年的报道。①

    ①② 《标题甲》
    某日报（推断） · 2022年10月（推断） · 某省濮阳市
    ①第1句原话 *_[]()~>#+-=|{}.! <b>
    ②第2句原话 *_[]()~>#+-=|{}.! <b>

    ③ 《标题乙》
    某日报（推断） · 2022年10月（推断） · 某省濮阳市
    第3句原话 *_[]()~>#+-=|{}.! <b>"
  `)
})

test('a refusal does not say the question again', () => {
  const refused = { status: 'not_found', statements: [], citations: [] } as const
  expect(shown(answer({ ...refused, missing: ['补贴多少'] }))).toBe('收录的报道没有回答这个问题。')
  expect(shown(answer({ ...refused, missing: ['到账时间'] }))).toContain('报道没有说：到账时间')
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
  const messages = splitMessage(renderAnswer(value))
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

test.each([
  '短引文。',
  '很长的一句话。'.repeat(60),
  '没有句号'.repeat(100),
  `${'好'.repeat(255)}😀😀`,
])('a quote is copied as far as a button holds it: %#', (quote) => {
  const button = copyButton(quote)
  const copied = 'copy_text' in button ? button.copy_text.text : ''
  expect(copied.length).toBeGreaterThan(0)
  expect(copied.length).toBeLessThanOrEqual(COPIED_LENGTH)
  expect(quote.startsWith(copied)).toBe(true)
  expect(copied.isWellFormed()).toBe(true)
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
