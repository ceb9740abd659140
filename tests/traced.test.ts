import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Traced,
  concat,
  edit,
  fromRuns,
  join,
  replace,
  slice,
  sliceSource,
  spansOf,
  split,
  toRuns,
  trace,
  trim,
} from '../src/traced.ts'

/** What a map promises when nothing was replaced: each character is the one it came from. */
const faithful = ({ text, origin }: Traced, source: string) =>
  text.length === origin.length && [...origin].every((at, i) => source[at] === text[i])

const sources = fc.string({ unit: fc.constantFrom('贷', '款', ' ', '\n', '3', '。', '𠮷') })

describe('a traced text', () => {
  test('is sliced by a stretch of its source', () => {
    const traced = replace(trace('甲 乙 丙丁'), /^甲 /u, '')
    expect(sliceSource(traced, { start: 1, end: 5 })).toEqual({
      text: '乙 丙',
      origin: Uint32Array.of(2, 3, 4),
    })
    expect(sliceSource(traced, { start: 6, end: 9 }).text).toBe('')
  })

  test.each([
    ['slice', (t: Traced) => slice(t, 1, Math.max(1, t.text.length - 1))],
    ['trim', trim],
    ['split and concat', (t: Traced) => concat(split(t, /\n/))],
    ['replace by nothing', (t: Traced) => replace(t, /\s+/gu, '')],
  ])('keeps its places through %s', (_name, change) => {
    fc.assert(fc.property(sources, (source) => faithful(change(trace(source)), source)))
  })

  test('cuts as strings are cut', () => {
    fc.assert(
      fc.property(sources, fc.nat(12), fc.nat(12), (source, a, b) => {
        const [start, end] = a < b ? [a, b] : [b, a]
        expect(slice(trace(source), start, end).text).toBe(source.slice(start, end))
      }),
    )
  })

  test('gives a replacement the place of what it replaces', () => {
    const { text, origin } = replace(trace('袁 年产遥'), /[袁遥]\s?/gu, (m) =>
      m[0][0] === '袁' ? '，' : '。',
    )
    expect(text).toBe('，年产。')
    expect([...origin]).toEqual([0, 2, 3, 4])
  })

  test('refuses an edit that writes more than it covers', () => {
    expect(() => edit(trace('贷款'), [{ start: 0, end: 1, text: '贷款' }])).toThrow(RangeError)
    expect(() =>
      edit(trace('贷款'), [
        { start: 1, end: 2, text: '' },
        { start: 0, end: 1, text: '' },
      ]),
    ).toThrow(RangeError)
  })

  test('joins its filled parts by a separator without a character of its own', () => {
    const t = trace('甲乙丙')
    const joined = join([slice(t, 0, 1), slice(t, 1, 1), slice(t, 2)], '\n')
    expect(joined.text).toBe('甲\n丙')
    expect([...joined.origin]).toEqual([0, 0, 2])
  })

  test('stores its map as runs without loss', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(50)), (origin) => {
        expect([...fromRuns(toRuns(Uint32Array.from(origin)))]).toEqual(origin)
      }),
    )
  })
})

describe('spansOf', () => {
  const of = (source: string, ...parts: [number, number][]) =>
    spansOf(
      join(
        parts.map(([start, end]) => slice(trace(source), start, end)),
        '\n',
      ),
      source,
    )

  test.each([
    ['one stretch is one span', '贷款利率', [[0, 4]], [{ start: 0, end: 4 }]],
    [
      'white space and marks do not part',
      '贷 \n**款',
      [
        [0, 1],
        [5, 6],
      ],
      [{ start: 0, end: 6 }],
    ],
    [
      'words of another text part',
      '贷责任编辑款',
      [
        [0, 1],
        [5, 6],
      ],
      [
        { start: 0, end: 1 },
        { start: 5, end: 6 },
      ],
    ],
    [
      'reading order stays where it runs backwards',
      '乙甲',
      [
        [1, 2],
        [0, 1],
      ],
      [
        { start: 1, end: 2 },
        { start: 0, end: 1 },
      ],
    ],
  ] satisfies [string, string, [number, number][], { start: number; end: number }[]][])(
    '%s',
    (_name, source, parts, spans) => {
      expect(of(source, ...parts)).toEqual(spans)
    },
  )
})
