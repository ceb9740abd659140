import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { followUp } from '../../src/retrieval/follow-up.ts'
import { deniedIn, pointingIn } from '../../src/retrieval/follow-up/pointing.ts'
import {
  ASKS,
  createReadTurn,
  readTurn,
  TURN_WORDS,
} from '../../src/retrieval/follow-up/read-turn.ts'

interface Conversation {
  readonly id: string
  readonly history: { question: string; answer: string }[]
  readonly question: string
  readonly follows: boolean
  readonly has: string[]
  readonly hasNot: string[]
}

const conversationsIn = (path: string) =>
  readFileSync(new URL(path, import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line): Conversation => JSON.parse(line))
const conversations = conversationsIn('fixtures/turns.jsonl')

test('conversations are understood, 19 in 20 of them', () => {
  const wrong = conversations.filter(({ history, question, follows, has, hasNot }) => {
    const read = followUp(question, history)
    return (
      read.follows !== follows ||
      has.some((word) => !read.standalone.includes(word)) ||
      hasNot.some((word) => read.standalone.includes(word))
    )
  })
  expect(wrong.map(({ id }) => id).length).toBeLessThanOrEqual(conversations.length / 20)
})

test('nothing that is asked is lost, whatever it is asked of', () => {
  const lost = [...conversations, ...conversationsIn('fixtures/turns-learn.jsonl')].flatMap(
    ({ history, question }) => {
      const { follows, standalone } = followUp(question, history)
      const parts = readTurn(question)
      const meant = parts.slice(parts.findLastIndex(({ role }) => role === 'corrects') + 1)
      const { own } = deniedIn(meant)
      if (!follows || !own.some(({ role }) => ASKS.has(role))) return []
      if (own.some(({ role }) => role === 'again')) return []
      const { start, end } = pointingIn(own)
      return own
        .filter((_, i) => i < start || i >= end)
        .filter(({ role }) => ASKS.has(role) || role === 'content' || role === 'place')
        .filter(({ text }) => !standalone.includes(text))
        .map(({ text }) => `${text} of ${question}`)
    },
  )
  expect(lost).toEqual([])
})

const after = (...questions: string[]) => questions.map((question) => ({ question, answer: '' }))

test.each([
  ['濮阳县有多少家电商', '那台前呢？', '台前有多少家电商'],
  ['去年出口额多少', '今年呢', '今年出口额多少'],
  ['省级绿色工厂奖多少钱', '市级的呢', '市级绿色工厂奖多少钱'],
  ['农机补贴怎么领', '要带材料吗', '农机补贴要带材料吗'],
  ['县长是谁', '濮阳县', '濮阳县县长是谁'],
  ['货车通行证要几天', '再说一遍', '货车通行证要几天'],
  ['货车通行证要几天', '这话谁说的', '货车通行证要几天，这话谁说的'],
  // What is counted is not said.
  ['省级绿色工厂奖多少钱', '那现在全市建成几个了', '省级绿色工厂现在全市建成几个了'],
  // What it asked for is taken up again.
  ['开发区引进了几条生产线', '生产线从哪国买的', '开发区引进生产线从哪国买的'],
  // What is left of them.
  ['濮阳有几个开发区', '剩下那几个呢', '濮阳开发区剩下几个呢'],
  ['省级绿色工厂奖多少', '其他县呢', '省级绿色工厂奖多少，其他县呢'],
  // Who did it, without what was done.
  ['物流公司占了多大地', '它一年走多少货', '物流公司一年走多少货'],
  ['濮阳市区公交车多少辆', '那聊城有多少', '聊城市区公交车多少辆'],
  ['种小麦的一亩补多少', '种玉米的呢', '种玉米的一亩补多少'],
  ['高铁片区是不是有个工作专班', '里面有哪些部门', '高铁片区工作专班，有哪些部门'],
  // A number that is like a number, a measure that is like a measure.
  ['食堂70岁以上的补多少', '八十岁的呢', '食堂八十岁以上的补多少'],
  ['写字楼空置率多少', '租金呢', '写字楼租金多少'],
  // What is denied gives way.
  ['家电补贴在哪领', '我说的是手机，不是家电', '手机补贴在哪领'],
  ['农机大赛8月3号在哪办', '4号那场呢', '农机大赛8月4号在哪办'],
  // Asked of what was asked whether.
  ['护理员发不发津贴', '一月多少', '护理员津贴一月多少'],
  ['创业园免三年房租', '不是两年吗', '创业园免三年房租，不是两年吗'],
  // A measure for a measure, and what is measured stays.
  ['幼儿园保育费降没降', '伙食费呢', '幼儿园伙食费降没降'],
  ['2022年上半年出口多少', '全年呢', '2022年全年出口多少'],
  ['清丰菌菇大棚有多少座', '换南乐呢', '南乐菌菇大棚有多少座'],
  ['省级绿色工厂奖多少', '县里的呢', '县里绿色工厂奖多少'],
  // Nothing is like it: nothing gives way, and nothing is lost.
  ['村里冷库补多少钱', '合作社的呢', '村里冷库补多少钱，合作社的'],
  ['路灯修一盏要几天', '吹牛吧，我去年等了一个月', '路灯修一盏要几天，我去年等了一个月'],
  ['养羊业贷款增多少', '不不，养猪业的', '养猪业贷款增多少'],
  ['苹果出口多少', '梨呢', '梨出口多少'],
  ['货车通行证要几天', '说详细点', '货车通行证要几天，说详细点'],
  // A name that no dictionary has.
  ['濮便办是干啥用的', '要下载软件不', '濮便办要下载软件不'],
])('after %s, %s is read as %s', (before, question, standalone) => {
  expect(followUp(question, after(before))).toMatchObject({ follows: true, standalone })
})

test.each(['储气库', '聊城的水费怎么交', '清丰县县长是谁'])('%s begins anew', (question) => {
  expect(followUp(question, after('农机补贴怎么领'))).toMatchObject({
    follows: false,
    standalone: question,
  })
})

test.each([
  ['引黄工程总投资多少', '这几天菜价涨了多少'],
  ['个体户注册要几天', '个体户要交社保吗'],
  ['濮阳有几座加氢站', '水表几天装好'],
])('after %s, %s begins anew', (before, question) => {
  expect(followUp(question, after(before)).follows).toBe(false)
})

test('before stands behind what it is before of', () => {
  const { standalone } = followUp('通水之前要交押金吗', after('用水报装要几天'))
  expect(standalone).toBe('用水报装通水之前要交押金吗')
})

test('the first question, and one after thanks alone, follow on nothing', () => {
  expect(followUp('那要多久', [])).toMatchObject({ follows: false, standalone: '那要多久' })
  expect(followUp('那要多久', after('谢谢')).follows).toBe(false)
})

test('what points back names the turn that it means', () => {
  const { standalone } = followUp(
    '刚才那个补贴要材料吗',
    after('农机补贴怎么领', '清丰县食用菌产量多少'),
  )
  expect(standalone).toBe('农机补贴要材料吗')
})

test.each([
  ['前面说的那个农机补贴占几成', '农机补贴占几成'],
  ['说回农机，要材料吗', '农机补贴要材料吗'],
  ['农机那个要材料吗', '农机补贴要材料吗'],
  ['一开始问的，要材料吗', '农机补贴要材料吗'],
  ['上上个问的，要材料吗', '农机补贴要材料吗'],
  ['刚才那个农机补贴再说一遍', '农机补贴怎么领'],
])('after another matter, %s goes back to the turn that it means', (question, standalone) => {
  const turns = after('农机补贴怎么领', '清丰县食用菌产量多少')
  expect(followUp(question, turns)).toMatchObject({ follows: true, standalone })
})

test('what is named next takes the place of what took one before', () => {
  const turns = after('大专生租房补贴多少', '本科生呢')
  expect(followUp('硕士呢', turns).standalone).toBe('硕士租房补贴多少')
})

test.each(['你能陪我聊天不', '你是人工客服吗'])('%s is no follow-up', (question) => {
  expect(followUp(question, after('农机补贴怎么领')).follows).toBe(false)
})

test('what a follow-up asked for is no topic of the next', () => {
  const { standalone } = followUp('它几点关门', after('花卉市场在哪', '一共多大面积'))
  expect(standalone).toBe('花卉市场几点关门')
})

describe.each(TURN_WORDS)('$name $where', (wordClass) => {
  const { name } = wordClass
  const reads = (read: typeof readTurn, sentence: string, word: string) =>
    read(sentence).some(({ role, text }) => role === name && text === word)

  test.each(wordClass.entries)('$word', ({ word, right, wrong }) => {
    const less = createReadTurn(
      TURN_WORDS.map((of) => ({
        ...of,
        entries: of.entries.filter((e) => of !== wordClass || e.word !== word),
      })),
    )
    expect(right.length).toBeGreaterThan(0)
    for (const sentence of right) {
      expect(reads(readTurn, sentence, word), sentence).toBe(true)
      expect(reads(less, sentence, word), `${sentence} without ${word}`).toBe(false)
    }
    for (const sentence of wrong) expect(reads(readTurn, sentence, word), sentence).toBe(false)
  })
})
