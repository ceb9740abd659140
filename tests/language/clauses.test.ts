import fc from 'fast-check'
import { expect, test } from 'vitest'
import { structureOf } from '../../src/language/clauses.ts'
import { pieces } from '../../src/language/pieces.ts'

const build = (text: string) => structureOf(text, pieces(text))
const clausesOf = (text: string) => build(text).clauses.map((clause) => clause.text)

test.each([
  ['commas part clauses', '修路，建桥', ['修路', '建桥']],
  ['what is listed is in one', '修路、建桥，种茶', ['修路、建桥', '种茶']],
  ['dashes and dots part', '修路…建桥——种茶', ['修路', '建桥', '种茶']],
  [
    'a bracket is in the clause before it',
    '柳塘（青湾县）产茶，增收',
    ['柳塘（青湾县）产茶', '增收'],
  ],
  ['commas in a bracket part nothing', '柳塘（县城，老街）产茶', ['柳塘（县城，老街）产茶']],
  ['a bracket that opens is a phrase', '（不含运费）三十元，包邮', ['不含运费）三十元', '包邮']],
  ['a quoted phrase is in one', '以“一年增收，三年翻番”为目标', ['以“一年增收，三年翻番”为目标']],
  ['a speech has its own', '他说：“修路，建桥。”', ['他说', '“修路', '建桥']],
  ['a title is in one', '《茶业（试行）办法》出台', ['《茶业（试行）办法》出台']],
  ['a byline parts', '本报讯（记者 王明）目前，通车', ['本报讯', '目前', '通车']],
  ['nothing has none', '', []],
])('%s', (_name, text, expected) => expect(clausesOf(text)).toEqual(expected))

test.each([
  ['种茶；制茶，卖茶；运茶', [0, 1, 1, 2]],
  ['种茶。制茶，卖茶', [0, 1, 1]],
  ['种茶;制茶.卖茶', [0, 1, 2]],
  ['种茶（春茶；秋茶），制茶', [0, 0]],
  ['以“种茶；制茶”为主，卖茶', [0, 0]],
])('the segments of %s', (text, expected) => {
  expect(build(text).clauses.map(({ segment }) => segment)).toEqual(expected)
})

test.each([
  ['要求如下：盈利，纳税', [true, false, false]],
  ['盈利，纳税：', [false, false]],
  ['分两类（附表：略），报送', [false, false]],
])('which clauses of %s lead', (text, expected) => {
  expect(build(text).clauses.map(({ leads }) => leads)).toEqual(expected)
})

test.each([
  ['产茶（不含春茶）', ['bracket']],
  ['（不含春茶）产茶', ['phrase']],
  ['评为“茶王”', ['phrase']],
  ['“茶好卖。”他说', ['speech']],
  ['“茶好卖，”他说', ['speech']],
  ['他说：“茶好卖，路好走”', ['speech']],
  ['他说：“茶好卖”', ['phrase']],
  [`县里要求“${'茶'.repeat(41)}”`, ['speech']],
  [`朝着“${'茶'.repeat(41)}”前进`, ['phrase']],
  ['“评为‘茶王’。”他说', ['speech', 'phrase']],
])('the kinds of what %s encloses', (text, expected) => {
  expect(build(text).enclosed.map(({ kind }) => kind)).toEqual(expected)
})

test('a piece in a bracket is of the clause that the bracket stands in', () => {
  const { clauseOf, clauses, enclosed } = build('修路，柳塘（县城、老街）产茶，增收')
  expect(clauseOf).toEqual([0, 1, 1, 1, 1, 2])
  expect(clauses[1]!.pieces).toEqual([1, 4])
  expect(enclosed[0]!.pieces).toEqual([2, 3])
})

const UNITS = [
  ...Array.from('甲乙1，、。；：（）“”‘’《》"\' \n！—…()[].'),
  '记者',
  '（记者',
  '说：“',
]
const texts = fc.string({ unit: fc.constantFrom(...UNITS), maxLength: 60 })

test('every piece is in one clause or in a bracket', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const all = pieces(text)
      const { clauses, clauseOf, enclosed } = structureOf(text, all)
      const brackets = enclosed.filter(({ kind }) => kind === 'bracket')
      for (const [i, piece] of all.entries()) {
        const own = clauses.filter((clause) => clause.pieces.includes(i))
        const bracketed = brackets.some((b) => b.start < piece.start && piece.end <= b.end)
        expect(own).toHaveLength(bracketed ? 0 : 1)
        if (!bracketed) expect(clauses[clauseOf[i]!]).toBe(own[0])
        expect(clauses[clauseOf[i]!]).toBeDefined()
      }
    }),
  )
})

test('clauses are in order and apart, and so are their segments', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const { clauses } = build(text)
      for (const [i, clause] of clauses.entries()) {
        const before = clauses[i - 1]
        expect(clause.text).toBe(text.slice(clause.start, clause.end))
        if (!before) expect(clause.segment).toBe(0)
        else {
          expect(clause.start).toBeGreaterThanOrEqual(before.end)
          expect([0, 1]).toContain(clause.segment - before.segment)
        }
      }
    }),
  )
})

test('what is enclosed touches the pieces that overlap it', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const all = pieces(text)
      for (const { start, end, pieces: touched } of structureOf(text, all).enclosed) {
        const overlap = all.flatMap((p, i) => (p.start < end && p.end > start ? [i] : []))
        expect(touched).toEqual(overlap)
      }
    }),
  )
})
