import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { restoreSymbols } from '../../../src/ingest/repair/restore-symbols.ts'
import { SHIFTED_SYMBOLS } from '../../../src/ingest/repair/shifted-symbols.ts'
import { trace } from '../../../src/traced.ts'

const SHIFTED_OF = new Map([...SHIFTED_SYMBOLS].map(([shifted, symbol]) => [symbol, shifted]))
const SHIFTED_MARKS = /[，。、：；？！“”‘’《》（）〔〕—·■％…]/

/** A page whose punctuation is shifted, so that what stands in it is decided and not detected. */
const PAGE = '今年以来袁全市工业稳中向好遥机械尧化工尧食品等行业袁增速加快曰投资继续增长遥'

const restored = (text: string) => restoreSymbols(trace(text)).text.text
const restoredOn = (text: string) => restored(`${PAGE}\n${text}`).split('\n').slice(1).join('\n')

const seed = (start: string) =>
  readFileSync(new URL(`../../../seeds/${start}`, import.meta.url), 'utf8')

const CLEAN_PAGES = [
  '000_aa08d7a86c2f86b0.txt',
  '001_84aa73dab9e593a4.txt',
  '002_1c6fe130bace78a7.txt',
  '003_909252fdcbe5c7b4.txt',
].map(seed)

function shift(text: string, gap: '' | ' '): { shifted: string; symbols: Map<number, string> } {
  const symbols = new Map<number, string>()
  let shifted = ''
  for (const character of text) {
    const other = SHIFTED_MARKS.test(character) ? SHIFTED_OF.get(character) : undefined
    if (other !== undefined) symbols.set(shifted.length, character)
    shifted += other === undefined ? character : other + gap
  }
  return { shifted, symbols }
}

describe('decides each character where it stands', () => {
  test.each([
    ['a colon and a genuine 院', '研究院院长强调院野要创新遥冶', '研究院院长强调：“要创新。”'],
    ['a word across lines', '以及制品研\n究院袁创新设计', '以及制品研\n究院，创新设计'],
    [
      '要 as a word and as a dash',
      '主要任务要要要求企业袁2022要2025年',
      '主要任务——要求企业，2022—2025年',
    ],
    ['需要 before a dash', '发展需要要要人才', '发展需要——人才'],
    [
      'a chain of dashes',
      '从谋划部署要决策形成要方案实施要过程监督',
      '从谋划部署—决策形成—方案实施—过程监督',
    ],
    [
      'chains are no series of wishes',
      '主要产业要求稳主要企业要素足',
      '主要产业要求稳主要企业要素足',
    ],
    ['brackets by their partners', '叶树叶与茶叶研究曳渊二冤', '《树叶与茶叶研究》（二）'],
    ['quotes around wild words', '走进野田野课堂冶袁开阔视野遥', '走进“田野课堂”，开阔视野。'],
    ['quotes within quotes', '他说院野要建耶智慧园区爷遥冶', '他说：“要建‘智慧园区’。”'],
    ['a remark in shell brackets', '张晓明也执笔页', '张晓明〔执笔〕'],
    ['a document number', '豫政也2023页5号', '豫政〔2023〕5号'],
    ['也 and 页 as words', '公司也有自己的网页遥', '公司也有自己的网页。'],
    [
      '也 before a turned page',
      '公司也可翻页袁压裂液和钻井液一并提供遥',
      '公司也可翻页，压裂液和钻井液一并提供。',
    ],
    ['lenticular brackets', '揖提示铱企业可申请', '【提示】企业可申请'],
    ['corner brackets', '被称为腋小巨人夜的企业', '被称为「小巨人」的企业'],
    [
      'per cents after figures only',
      '豫北地区增长12.5豫袁豫剧进校园',
      '豫北地区增长12.5％，豫剧进校园',
    ],
    ['a middle dot and a kiln', '约翰窑史密斯参观官窑遗址', '约翰·史密斯参观官窑遗址'],
    ['a bullet at the line', '姻 专题调研组', '■ 专题调研组'],
    ['marriage is no bullet', '婚姻登记处', '婚姻登记处'],
    ['distance and control', '路途遥远袁遥控驾驶遥', '路途遥远，遥控驾驶。'],
    ['a surname among names', '出席的有李强尧袁建国尧王伟遥', '出席的有李强、袁建国、王伟。'],
    ['Greek letters', '长链琢-烯烃', '长链α-烯烃'],
    [
      'full-width figures',
      '圆园圆源年员月至远月袁增长怨援愿豫袁达员圆援缘亿元遥',
      '２０２４年１月至６月，增长９．８％，达１２．５亿元。',
    ],
    [
      'words among full-width figures',
      '圆园圆源年袁园区员工源源不断袁人员远赴外地遥',
      '２０２４年，园区员工源源不断，人员远赴外地。',
    ],
    ['Latin capitals', '完成郧阅孕目标', '完成ＧＤＰ目标'],
    [
      'circled numbers and silt',
      '措施院淤加强领导曰于落实责任遥由于淤泥',
      '措施：①加强领导；②落实责任。由于淤泥',
    ],
    [
      'steps of unequal length',
      '用电申请要办理批复要供电方案制定要电缆敷设',
      '用电申请—办理批复—供电方案制定—电缆敷设',
    ],
    [
      'wide spaces at the start and within',
      '摇摇本报讯摇记者王伟袁房屋摇号遥',
      '　　本报讯　记者王伟，房屋摇号。',
    ],
    ['units by a slash', '每吨辕小时袁轩辕', '每吨／小时，轩辕'],
    ['questions and keys', '怎么办钥密钥在手遥', '怎么办？密钥在手。'],
  ])('%s', (_name, text, expected) => {
    expect(restoredOn(text)).toBe(expected)
  })
})

describe('leaves clean text alone', () => {
  test.each([
    [
      'words that hold the same characters',
      '省农科院、市医院和法院的同志参观了田野里的陶冶窑，要求开阔视野。',
    ],
    ['people of the name', '袁建国、袁尧、渊野，三人都是研究院的院长。'],
    ['a short text without punctuation', '研究院袁院长谈豫北野生植物叶片'],
    ['a name alone', '袁世凯'],
    ['a headline', '豫剧院 走进田野 开阔视野'],
    ['nothing', ''],
  ])('%s', (_name, text) => {
    expect(restoreSymbols(trace(text))).toEqual({ text: trace(text), restored: 0 })
  })

  test('whole pages, their lines, and their words without punctuation', () => {
    for (const page of CLEAN_PAGES) {
      const bare = page.replaceAll(/[^\p{L}\p{N}\n]/gu, '')
      for (const text of [page, bare, ...page.split('\n')]) {
        expect(restoreSymbols(trace(text)).restored, text.slice(0, 40)).toBe(0)
      }
    }
  })
})

test('restores a shifted article between clean ones, and only that', () => {
  const clean = '我市召开工作会议，研究部署下一步工作。医院、法院、研究院负责人参加会议。'
  const shifted = `${PAGE}一是加强领导院野谁主管袁谁负责冶曰二是抓好落实渊见附件冤遥`
  const got = restored([clean, shifted, clean].join('\n')).split('\n')
  expect(got[0]).toBe(clean)
  expect(got[1]).toContain('一是加强领导：“谁主管，谁负责”；二是抓好落实（见附件）。')
  expect(got[2]).toBe(clean)
})

test.each([
  ['side by side', '' as const],
  ['with the space that extraction leaves', ' ' as const],
])('brings back 99.8%% of the symbols of a page, %s', (_name, gap) => {
  let all = 0
  let back = 0
  for (const page of CLEAN_PAGES) {
    const { shifted, symbols } = shift(page, gap)
    const got = restored(shifted)
    for (const [at, symbol] of symbols) {
      all++
      if (got[at] === symbol) back++
    }
  }
  expect(all).toBeGreaterThan(1500)
  expect(back / all).toBeGreaterThanOrEqual(0.998)
})

test('changes no word of a shifted page', () => {
  for (const page of CLEAN_PAGES) {
    const { shifted, symbols } = shift(page, '')
    const got = restored(shifted)
    const wrong = got
      .split('')
      .filter((character, at) => !symbols.has(at) && character !== shifted[at])
    expect(wrong.length).toBeLessThanOrEqual(1)
  }
})

test('keeps the map to the source, character for character', () => {
  const source = trace(`${PAGE}研究院院野好冶`)
  expect(restoreSymbols(source).text.origin).toEqual(source.origin)
})
