import { beforeAll, describe, expect, test } from 'vitest'
import { isCut } from '../../../src/answer/evaluate/is-cut.ts'
import { pieces } from '../../../src/language/pieces.ts'
import { quotable } from '../../../src/language/sentences.ts'
import { MUTATIONS, mutate } from '../../support/mutate.ts'
import { policyPassages } from '../../support/policy-passages.ts'
import { seededRandom } from '../../support/seeded-random.ts'

const LOANS =
  '今年以来，我市积极探索“专利贷、商标贷”新模式，对新入驻企业（项目）给予补贴20万元；截至10月底，贷款余额1,234.5万元，同比下降-3.2%。'
const LIST =
  '（一）降低成本。一是减免租金，二要落实“零跑腿”服务，首先要加强领导，第一产业增加值增长3%，———完善台账，①建立专班。'
const SPOKEN =
  '江左县供电公司科长胡立新（42岁）介绍，“企业3个工作日内就能用上电，不需要再跑第二趟”。'
const BROKEN = '企业纳人名单后，可享受“一窗通办服务，办理时限压缩到2天。'
const ROW = '银行 贷款余额 增速\n江左农商行 3.5 -4.2\n江左农商行分行 1,200 6'
const MONTHS = '6、7月和8—10月，每天9:30至16:00受理，比例为10：1，电话0393-6666666。'

describe('one sentence', () => {
  test.each([
    ['all of it', LOANS, LOANS],
    ['one piece', LOANS, '贷款余额1,234.5万元。'],
    ['pieces left out', LOANS, '今年以来，对新入驻企业（项目）给予补贴20万元。'],
    ['a bracket left out', LOANS, '对新入驻企业给予补贴20万元'],
    ['half a bracket left out with its mark', LOANS, '项目给予补贴20万元。'],
    ['both marks of a pair', LOANS, '我市积极探索“专利贷、商标贷”新模式。'],
    ['neither', LOANS, '我市积极探索专利贷、商标贷新模式。'],
    ['a pair around what is left of it', LOANS, '我市积极探索“专利贷，商标贷”新模式'],
    ['other marks', LOANS, '今年以来:对新入驻企业(项目)给予补贴20万元;贷款余额1,234.5万元!'],
    ['straight marks', LOANS, '我市积极探索"专利贷、商标贷"新模式。'],
    ['full-width figures', LOANS, '给予补贴20万元'.replace('给予', '对新入驻企业给予')],
    ['white space', LOANS, ' 截至10月底，  贷款余额1,234.5万元。\n'],
    ['a year', LOANS, '今年（2022年）以来，贷款余额1,234.5万元。'],
    ['a place', LOANS, '我市（江左市）积极探索“专利贷、商标贷”新模式。'],
    ['a month at the end of a piece', LOANS, '截至10月底（2022年10月），贷款余额1,234.5万元'],
    ['a misprint', BROKEN, '企业纳人（疑为“纳入”）名单后，办理时限压缩到2天。'],
    ['a lonely mark left out', BROKEN, '可享受一窗通办服务，办理时限压缩到2天。'],
    ['the number of an item', LIST, '（一）降低成本。'],
    ['without it', LIST, '降低成本。'],
    ['一是', LIST, '减免租金。'],
    ['一要', LIST, '落实“零跑腿”服务。'],
    ['首先', LIST, '要加强领导。'],
    ['首先要', LIST, '加强领导。'],
    ['①', LIST, '建立专班。'],
    ['———', LIST, '完善台账。'],
    ['1.', '1.支持设备更新。2．AI企业优先。', '支持设备更新。AI企业优先。'],
    ['figures with marks', MONTHS, '6、7月和8—10月，比例为10:1，电话0393-6666666。'],
    ['a question', '怎么申请？去窗口办理。', '怎么申请？去窗口办理。'],
  ])('%s', (_name, quote, text) => {
    expect(isCut(text, [quote])).toBe(true)
  })

  test.each([
    ['nothing', LOANS, '。'],
    ['a letter changed', LOANS, '贷款余颜1,234.5万元。'],
    ['a figure changed', LOANS, '贷款余额1,284.5万元。'],
    ['a sign lost', LOANS, '同比下降3.2%。'],
    ['a word added', LOANS, '目前贷款余额1,234.5万元。'],
    ['a word added behind', LOANS, '贷款余额1,234.5万元左右。'],
    ['order exchanged', LOANS, '贷款余额1,234.5万元，今年以来。'],
    ['the same piece twice', LOANS, '贷款余额1,234.5万元，贷款余额1,234.5万元。'],
    ['the front half of a piece', LOANS, '对新入驻企业（项目）给予补贴。'],
    ['the back half of a piece', LOANS, '给予补贴20万元的后半'.slice(4)],
    ['a piece without its beginning', LOANS, '余额1,234.5万元。'],
    ['a figure cut in two', LOANS, '5万元。'],
    ['thousands cut in two', LOANS, '234.5万元。'],
    ['a range cut in two', MONTHS, '10月。'],
    ['a list of months cut in two', MONTHS, '7月和8—10月。'],
    ['a ratio cut in two', MONTHS, '1，电话0393-6666666。'],
    ['figures run together', MONTHS, '67月和8—10月。'],
    ['a figure made of two', '增至20（万元）30家。', '增至2030家。'],
    ['a decimal made of two', '增至3。5月起实行。', '增至3.5月起实行。'],
    ['pieces run together', LOANS, '今年以来我市积极探索“专利贷、商标贷”新模式。'],
    ['a mark within a piece', LOANS, '贷款，余额1,234.5万元。'],
    ['marks of a pair added', LOANS, '“贷款余额1,234.5万元”。'],
    ['half a pair', LOANS, '我市积极探索“专利贷、商标贷新模式。'],
    ['the other half', LOANS, '我市积极探索专利贷、商标贷”新模式。'],
    ['half a bracket', LOANS, '对新入驻企业（项目给予补贴20万元。'],
    ['pairs of two kinds', LOANS, '我市积极探索“专利贷、商标贷》新模式。'],
    ['a lonely mark kept', BROKEN, '可享受“一窗通办服务，办理时限压缩到2天。'],
    ['a lonely mark completed', BROKEN, '可享受“一窗通办服务”，办理时限压缩到2天。'],
    ['a question that the page does not ask', LOANS, '贷款余额1,234.5万元？'],
    ['marks in front', LOANS, '，贷款余额1,234.5万元。'],
    ['no enumerator', LIST, '产业增加值增长3%。'],
    ['no enumerator but a figure', '1.5亿元到账了。', '5亿元到账了。'],
    ['三要素', '三要素市场化配置推进。', '素市场化配置推进。'],
    ['a letter of another case', 'PA13T项目落地。', 'pa13t项目落地。'],
    ['an explanation of nothing', LOANS, '贷款余额（2022年）1,234.5万元。'],
    ['an explanation in half-width brackets', LOANS, '今年(2022年)以来。'],
    ['an explanation in front', LOANS, '（2022年）今年以来。'],
    ['two explanations', LOANS, '今年（2022年）（10月）以来。'],
    ['the year of a year', '2021年完成。', '2021年（2022年）完成。'],
    ['a place of another kind', LOANS, '我市（江左县）积极探索“专利贷、商标贷”新模式。'],
    ['a place of nothing', LOANS, '贷款余额（江左市）1,234.5万元。'],
    ['a misprint of nothing', BROKEN, '企业（疑为“纳入”）纳人名单后。'],
    ['a misprint that is none', BROKEN, '企业纳人（疑为“纳人”）名单后。'],
    ['an explanation in other words', LOANS, '今年（据报道）以来。'],
  ])('not: %s', (_name, quote, text) => {
    expect(isCut(text, [quote])).toBe(false)
  })
})

describe('labels', () => {
  test.each([
    '报告建议',
    '代表建议',
    '委员建议',
    '提案',
    '有人建议',
    '说法有误，报道写的是',
    '相近的报道写的是',
    '相近的报道（江左县）写的是',
    '胡立新介绍',
    '江左县供电公司科长胡立新介绍',
  ])('%s', (label) => {
    expect(isCut(`${label}：企业3个工作日内就能用上电。`, [SPOKEN])).toBe(true)
  })

  test.each([
    '专家建议',
    '市民说',
    '胡立新说',
    '胡立新认为',
    '企业3个工作日介绍',
    '报道说',
    '重要提示',
    '相近的报道（去年）写的是',
    '报告建议：有人建议',
    '报告建议，',
    '说法有误',
  ])('not: %s', (label) => {
    expect(isCut(`${label}：企业3个工作日内就能用上电。`, [SPOKEN])).toBe(false)
  })

  test('a label alone tells nothing', () => {
    expect(isCut('报告建议：', [SPOKEN])).toBe(false)
  })

  test('a colon of the sentence itself is no label', () => {
    expect(isCut('办理流程：去窗口。', ['办理流程：带证件，去窗口。'])).toBe(true)
  })

  test('two speakers', () => {
    const quote = '市民周某、吴某表示，审批快了。'
    expect(isCut('周某、吴某表示：审批快了。', [quote])).toBe(true)
  })
})

describe('under a headline', () => {
  const quotes = ['全市有企业35家。', '全市有企业41家，其中亏损6家。']
  const headlines = ['江左市“小升规”提速', '企业《梯度培育》（下）']
  test.each([
    ['one', '《江左市“小升规”提速》写的是：全市有企业35家。'],
    ['with its month', '《江左市“小升规”提速》（2022年10月）写的是：全市有企业35家。'],
    [
      'two that disagree',
      '《江左市“小升规”提速》（2022年10月）写的是：全市有企业35家。《企业《梯度培育》（下）》（2023年）写的是：全市有企业41家。',
    ],
  ])('%s', (_name, text) => {
    expect(isCut(text, quotes, headlines)).toBe(true)
  })

  test.each([
    ['a headline of no citation', '《江左市提速》写的是：全市有企业35家。'],
    ['what stands under the other', '《江左市“小升规”提速》写的是：全市有企业41家。'],
    [
      'headlines exchanged',
      '《企业《梯度培育》（下）》写的是：全市有企业35家。《江左市“小升规”提速》写的是：全市有企业41家。',
    ],
    [
      'the second without a label',
      '《江左市“小升规”提速》写的是：全市有企业35家。全市有企业41家。',
    ],
    ['no date', '《江左市“小升规”提速》（据说）写的是：全市有企业35家。'],
  ])('not: %s', (_name, text) => {
    expect(isCut(text, quotes, headlines)).toBe(false)
  })

  test('no headline, no such label', () => {
    expect(isCut('《江左市》写的是：全市有企业35家。', quotes, [null, null])).toBe(false)
  })

  test('a document at the beginning of a sentence', () => {
    expect(isCut('《办法》规定，补贴20万元。', ['《办法》规定，企业可申请，补贴20万元。'])).toBe(
      true,
    )
  })
})

describe('several quotes', () => {
  const quotes = ['江左市出台办法，支持设备更新。', '补贴最高20万元，先到先得。']
  test.each([
    ['one after the other', '江左市出台办法，补贴最高20万元。', true],
    ['the second alone', '先到先得。', true],
    ['exchanged', '补贴最高20万元，江左市出台办法。', false],
    ['run together', '支持设备更新补贴最高20万元。', false],
  ])('%s', (_name, text, expected) => {
    expect(isCut(text, quotes)).toBe(expected)
  })

  test('a pair over two sentences needs both', () => {
    const spoken = ['胡立新说：“今年办得快。', '明年更快。”他很高兴。']
    expect(isCut('胡立新说：“今年办得快。明年更快。”', spoken)).toBe(true)
    expect(isCut('胡立新说：“今年办得快。', spoken)).toBe(false)
    expect(isCut('胡立新说：“今年办得快。”', spoken.slice(0, 1))).toBe(false)
  })
})

describe('a row of a table', () => {
  test.each([
    ['its cells', '江左农商行：3.5，-4.2。', true],
    ['some cells', '贷款余额，江左农商行，3.5。', true],
    ['as printed', '江左农商行 3.5 -4.2', true],
    ['figures run together', '江左农商行3.5-4.2', false],
    ['half a cell', '农商行：3.5。', false],
    ['half a figure', '江左农商行分行：200。', false],
    ['another order', '3.5，江左农商行。', false],
  ])('%s', (_name, text, expected) => {
    expect(isCut(text, [ROW])).toBe(expected)
  })
})

test('takes long texts in its stride', () => {
  const same = '企业，'.repeat(400)
  const nested = `${'（“'.repeat(150)}企业${'”）'.repeat(150)}`
  const started = performance.now()
  expect(isCut(same, [same])).toBe(true)
  expect(isCut(`${'企业，'.repeat(200)}工业`, [same])).toBe(false)
  expect(isCut(`${nested}家`, [nested])).toBe(false)
  expect(isCut(`今年${'（2022年'.repeat(200)}`, [same])).toBe(false)
  expect(performance.now() - started).toBeLessThan(2000)
})

const lettersOf = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, '')
const bare = (text: string) => text.replace(/["'“”‘’「」『』（）()《》〈〉【】〔〕[\]]/gu, '')

/** A sentence's pieces, without marks of pairs. */
const piecesOf = (sentence: string) =>
  pieces(sentence).map(({ start, end }) => bare(sentence.slice(start, end)))

describe('over the sentences of the papers', () => {
  let sentences: string[] = []
  beforeAll(async () => {
    const passages = (await policyPassages()).flat()
    sentences = passages
      .filter(({ part, kind }) => part === 'body' && kind !== 'table')
      .flatMap(({ text }) => quotable(text).map(({ start, end }) => text.slice(start, end)))
  }, 120_000)

  test('any pieces in their order are a cut', () => {
    const random = seededRandom(1)
    const wrong = sentences.flatMap((sentence) => {
      const kept = piecesOf(sentence).filter(() => random() < 0.5)
      const text = `${kept.join('，')}。`
      return kept.length === 0 || isCut(text, [sentence]) ? [] : [`${text} ← ${sentence}`]
    })
    expect(wrong).toEqual([])
  })

  test('a whole sentence is a cut of itself, where its marks are pairs', () => {
    const whole = sentences.filter(
      (sentence) => !/["'“”‘’「」『』（）()《》〈〉【】〔〕[\]]/u.test(sentence),
    )
    expect(whole.filter((sentence) => !isCut(sentence, [sentence]))).toEqual([])
  })

  test('what is altered is no cut', () => {
    const random = seededRandom(2)
    const short = sentences.filter((sentence) => {
      const { length } = piecesOf(sentence)
      return length >= 2 && length <= 8
    })
    const mutants = Array.from({ length: 10_000 }).flatMap(() => {
      const sentence = short[Math.floor(random() * short.length)]!
      const kept = piecesOf(sentence).filter(() => random() < 0.6)
      const text = `${kept.join('，')}。`
      const mutant = kept.length > 0 ? mutate(text, random) : null
      return mutant && lettersOf(mutant.text) !== lettersOf(text) ? [{ sentence, ...mutant }] : []
    })
    const wrong = mutants.filter(({ sentence, text }) => !legal(sentence).has(lettersOf(text)))
    const passed = wrong.filter(({ sentence, text }) => isCut(text, [sentence]))
    expect(wrong.length).toBeGreaterThan(5_000)
    expect(new Set(wrong.map(({ mutation }) => mutation)).size).toBe(MUTATIONS.length - 1)
    expect(passed.map(({ sentence, text }) => `${text} ← ${sentence}`).slice(0, 20)).toEqual([])
  })

  test('one mark of a pair is never enough', () => {
    const random = seededRandom(3)
    const paired = sentences.filter(
      (sentence) => isCut(sentence, [sentence]) && /[“”（）]/u.test(sentence),
    )
    const wrong = paired.filter((sentence) => {
      const mutant = mutate(sentence, random, ['unpair'])
      return mutant && isCut(mutant.text, [sentence])
    })
    expect(paired.length).toBeGreaterThan(100)
    expect(wrong).toEqual([])
  })
})

const known = new Map<string, Set<string>>()

/** The letters of every cut of a sentence, by trying all of them. */
function legal(sentence: string): Set<string> {
  const before = known.get(sentence)
  if (before) return before
  let cuts = ['']
  for (const piece of piecesOf(sentence)) {
    const words = lettersOf(piece)
    const without = words.replace(
      /^(?:[一二三四五六七八九十]+[是要]|首先|其次|第[一二三四五六七八九十]+|[①-⑳])[是要]?/u,
      '',
    )
    cuts = cuts.flatMap((cut) => [cut, cut + words, ...(without === words ? [] : [cut + without])])
  }
  const all = new Set(cuts)
  known.set(sentence, all)
  return all
}
