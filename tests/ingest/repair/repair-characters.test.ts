import { readFileSync, readdirSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { repairCharacters } from '../../../src/ingest/repair/repair-characters.ts'
import { SHIFTED_SYMBOLS } from '../../../src/ingest/repair/shifted-symbols.ts'
import { trace } from '../../../src/traced.ts'

const repair = (text: string) => repairCharacters(trace(text))
const repaired = (text: string) => repair(text).text.text

const SEEDS = new URL('../../../seeds/', import.meta.url)
const pages = readdirSync(SEEDS)
  .filter((name) => name.endsWith('.txt'))
  .map((name) => readFileSync(new URL(name, SEEDS), 'utf8'))

/** Every output character is the source's, its symbol, its plain form, or a space for a space. */
function expectTraced(source: string): void {
  const { text, origin } = repair(source).text
  expect(origin.length).toBe(text.length)
  for (const [i, character] of text.split('').entries()) {
    const from = source[origin[i]!]!
    if (i > 0) expect(origin[i]!).toBeGreaterThan(origin[i - 1]!)
    if (character === from) continue
    const plain = from.normalize('NFKC')
    const allowed = [SHIFTED_SYMBOLS.get(from), plain, /[\s摇]/.test(from) ? ' ' : undefined]
    expect(allowed, `${from} at ${origin[i]}`).toContain(character)
  }
}

const words = fc.constantFrom(
  ...'全市 企业 研究院 袁 遥 尧 院 野 冶 叶 曳 渊 冤 要 也 页 窑 豫 摇 辕 ， 。 “ ” （ ） ； 2023 年 12.5 ％ １２ Ａ GDP 亿元 记者 王伟 刘 宁 摄 \n \uFFFD \u3000 \t " , ; ) （王伟 李丽） ■ -'.split(
    ' ',
  ),
  ' ',
  '  ',
)
const damaged = fc.array(words, { maxLength: 40 }).map((parts) => parts.join(''))

describe('each character comes from its source', () => {
  test('of every page', () => {
    for (const page of pages) expectTraced(page)
  })

  test('of any text', () => {
    fc.assert(fc.property(damaged, expectTraced), { numRuns: 500 })
  })
})

describe('what is repaired stays as it is', () => {
  test('of every page', () => {
    for (const page of pages) {
      const once = repaired(page)
      expect(repaired(once)).toBe(once)
    }
  })

  test('of any text', () => {
    fc.assert(
      fc.property(damaged, (text) => {
        const once = repaired(text)
        expect(repaired(once)).toBe(once)
      }),
      { numRuns: 2000 },
    )
  })
})

test('line breaks and indents stay', () => {
  fc.assert(
    fc.property(damaged, (text) => {
      const breaks = (s: string) => s.split('\n').length
      expect(breaks(repaired(text))).toBe(breaks(text))
    }),
  )
})

test.each([
  ['full-width figures', '６ 月 23 日', '6月23日'],
  ['full-width decimals', '增长１２．５％', '增长12.5％'],
  ['full-width letters', '聚碳酸酯（ＰＣ）', '聚碳酸酯（PC）'],
  ['radicals for characters', '⼀⻋⾦', '一车金'],
  ['full-width punctuation stays', '（一）好！', '（一）好！'],
  ['doubled quotes', '晒出““中国红””', '晒出“中国红”'],
  ['a doubled full stop', '生物科技。。', '生物科技。'],
  ['dots as somebody typed them', '等等。。。', '等等。。。'],
  ['nested titles', '《《民法典》解读》', '《《民法典》解读》'],
  ['a sign that stands for a space', '尼龙 11T\uFFFD生产技术', '尼龙11T生产技术'],
  ['a sign that stands for a word', '人\uFFFD民', '人\uFFFD民'],
  ['names of characters', '全市&nbsp;20家&ldquo;小巨人&#8221;', '全市20家“小巨人”'],
  ['a bullet that only the font knew', '\uF06E 工业投资', ' 工业投资'],
  ['what cannot be seen', '中\u200B国\uFEFF', '中国'],
  ['words are never changed', '累计人驻企业超400家', '累计人驻企业超400家'],
])('%s', (_name, text, expected) => {
  expect(repaired(text)).toBe(expected)
})

describe('tells staff', () => {
  test.each([
    ['how many symbols came back', '今年以来袁全市工业尧农业稳中向好遥', /已还原3处/],
    ['that brackets do not match', '今年以来袁全市工业尧农业野稳中向好遥', /未能一一成对/],
    ['that characters are lost', '人\uFFFD民，好\uFFFD', /2处无法识别.*1处按空格处理/],
    ['what looks misread', '将供水报装纳人工程审批', /“纳人”疑为“纳入”/],
  ])('%s', (_name, text, note) => {
    expect(repair(text).notes.join('\n')).toMatch(note)
  })

  test('nothing of clean text', () => {
    expect(repair('今年以来，全市工业稳中向好。').notes).toEqual([])
  })
})
