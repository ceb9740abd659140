import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createPickStream, readPicks } from '../../../src/answer/pick/read-picks.ts'
import type { Picks } from '../../../src/answer/picks.ts'

const SENT = new Set(Array.from({ length: 12 }, (_, i) => i + 1))
const ASKED = '濮阳办电要多少钱，能不能网上办？'
const read = (written: string) => readPicks(written, { sent: SENT, asked: [ASKED] })
const answer = (over: Record<string, unknown>) =>
  JSON.stringify({ status: 'answered', statements: [[3, 4]], missing: [], premise: null, ...over })
const statements = (value: unknown) => read(answer({ statements: value }))?.statements

/** What is told while a text comes in as these pieces. */
function streamed(pieces: readonly string[]): (readonly number[])[] {
  const told: (readonly number[])[] = []
  const stream = createPickStream(SENT, (list) => told.push(list))
  for (const piece of pieces) stream(piece)
  return told
}

const cutAt = (text: string, cuts: readonly number[]) => {
  const at = [0, ...cuts.map((cut) => cut % (text.length + 1)), text.length].toSorted(
    (a, b) => a - b,
  )
  return at.slice(1).map((end, i) => text.slice(at[i], end))
}

/** Anything a model may write, most of it close to an answer. */
const written = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.json(),
  fc
    .array(
      fc.oneof(
        fc.constantFrom(
          '{"status":"answered",',
          '"statements":[',
          '"missing":["',
          '"premise":[',
          '<think>',
          '</think>',
          '```json\n',
          'not_found',
          '[3]',
          '[[1,2],',
        ),
        fc.string({ unit: fc.constantFrom(...Array.from('{}[]",:-\\ \n0123456789办电')) }),
      ),
    )
    .map((pieces) => pieces.join('')),
  fc
    .record({
      status: fc.oneof(fc.constantFrom('answered', 'partial', 'not_found'), fc.jsonValue()),
      statements: fc.oneof(fc.array(fc.array(fc.integer())), fc.jsonValue()),
      missing: fc.jsonValue(),
      premise: fc.jsonValue(),
    })
    .map((value) => JSON.stringify(value)),
)

describe('readPicks', () => {
  test('reads what the schema wants', () => {
    const picks: Picks = {
      status: 'partial',
      statements: [[3, 4, 9], [12]],
      missing: ['能不能网上办'],
      premise: [7, 8],
    }
    expect(read(JSON.stringify(picks))).toEqual(picks)
    expect(
      read(`<think>[1]？</think>好的：\n\`\`\`json\n${JSON.stringify(picks)}\n\`\`\``),
    ).toEqual(picks)
  })

  test.each<[string, unknown, number[][]]>([
    ['numbers as text', [['3', '[4]'], ['9']], [[3, 4], [9]]],
    ['numbers with their pieces', [['[3]今年5月份，', '[4]供电公司']], [[3, 4]]],
    ['a flat list', [3, 4, 9], [[3, 4, 9]]],
    ['a flat list among lists', [1, [3, 4], 9], [[1], [3, 4], [9]]],
    ['several in a text', ['3, 4、[9]'], [[3, 4, 9]]],
    [
      'ranges',
      [['3-5'], ['9—11']],
      [
        [3, 4, 5],
        [9, 10, 11],
      ],
    ],
    ['objects', [{ id: 1, text: '今年 5 月', pieces: [3, 4] }, { piece: 9 }], [[3, 4], [9]]],
    ['one number', 3, [[3]]],
    ['lists within lists', [[[3], [4]], [[9]]], [[3, 4], [9]]],
    ['numbers twice', [[3, 3, 4], [4], [4, 9]], [[3, 4], [9]]],
    ['numbers that were not sent', [[0, 3, 13, -4, 3.5, 1e30, 999999999999], [77]], [[3]]],
    ['ranges without end', [['11-999999'], ['5-2']], [[11, 12]]],
    ['empty lists', [[], [3], [], {}], [[3]]],
  ])('reads %s', (_name, given, expected) => expect(statements(given)).toEqual(expected))

  test.each<[string, string, number[][] | undefined]>([
    ['ranges that are no JSON', '{"status":"answered","statements":[[3-5],[9]]}', [[3, 4, 5], [9]]],
    ['an answer that was cut', '{"status":"answered","statements":[[3,4],[9,1', [[3, 4]]],
    ['a status that is missing', '{"statements":[[3]]}', [[3]]],
    ['a status of its own', '{"status":"ok","statements":[[3]]}', [[3]]],
    ['numbers alone', '[3][4]\n[9]', [[3, 4], [9]]],
    ['numbers behind a label', '答案是：[3, 4]。', [[3, 4]]],
    ['nothing in prose that weighs numbers', '[3]只是提到用电，不算回答；[9]也不是。', undefined],
    ['nothing in prose with a number', '报道没有回答这个问题，最接近的一句是[3]', undefined],
    ['nothing in an article', '<article>[1]免费</article>', undefined],
    ['nothing in a status', 'answered', undefined],
  ])('finds %s', (_name, text, expected) => expect(read(text)?.statements).toEqual(expected))

  test.each<[string, Record<string, unknown>, Partial<Picks>]>([
    [
      'not found tells nothing',
      { status: 'not_found', premise: [7] },
      { statements: [], premise: null },
    ],
    ['an answer that lacks something is partial', { missing: ['多少钱'] }, { status: 'partial' }],
    [
      'nothing but what is missing is not found',
      { statements: [], missing: ['多少钱'] },
      { status: 'not_found', missing: ['多少钱'] },
    ],
    [
      'a correction answers where nothing else does',
      { statements: [], premise: [7] },
      { statements: [[7]], premise: [7] },
    ],
    [
      'an answer with nothing has no statement',
      { statements: [[99]] },
      { status: 'answered', statements: [] },
    ],
    ['a premise that was not sent is none', { premise: [77, 'x'] }, { premise: null }],
    ['a premise may be a list of lists', { premise: [[7, 8], [8]] }, { premise: [7, 8] }],
    [
      'what is missing is said in the words of the question',
      { missing: ['能不能網上辦?', '网上办', '贷款利率', '', '办', 3, ['多少钱']] },
      { missing: ['能不能网上办？'] },
    ],
    ['one text is one thing missing', { missing: '多少钱' }, { missing: ['多少钱'] }],
  ])('%s', (_name, over, expected) => expect(read(answer(over))).toMatchObject(expected))

  test('whatever is written, only what was sent and asked comes out', () => {
    fc.assert(
      fc.property(written, (text) => {
        const picks = read(text)
        if (!picks) return
        const numbers = [...picks.statements.flat(), ...(picks.premise ?? [])]
        expect(numbers.filter((n) => !SENT.has(n))).toEqual([])
        expect(new Set(picks.statements.flat()).size).toBe(picks.statements.flat().length)
        expect(picks.statements.filter((list) => list.length === 0)).toEqual([])
        expect(picks.missing.filter((item) => !item || !ASKED.includes(item))).toEqual([])
        if (picks.status === 'not_found') expect(picks.statements).toEqual([])
      }),
      { numRuns: 2000 },
    )
  })
})

describe('a stream of picks', () => {
  test('tells each list with its bracket, once it is known that it answers', () => {
    const text = answer({ statements: [[3, 4], [9]] })
    const until = text.indexOf('4]') + 2
    expect(streamed([text.slice(0, until - 1)])).toEqual([])
    expect(streamed([text.slice(0, until)])).toEqual([[3, 4]])
    expect(streamed(['{"statements":[[3,4],[9]],"status":"answered"'])).toEqual([])
    expect(streamed(['{"statements":[[3,4],[9]],"status":"answered",'])).toEqual([[3, 4], [9]])
  })

  test.each([
    ['a refusal', answer({ status: 'not_found' })],
    ['prose, which may be thinking aloud', `先想想：${answer({})}`],
    ['another object', `{"notes":${answer({})}}`],
  ])('tells nothing of %s', (_name, text) => expect(streamed([text])).toEqual([]))

  test('however it is cut, it tells the first lists of the whole', () => {
    fc.assert(
      fc.property(written, fc.array(fc.nat()), (text, cuts) => {
        const told = streamed(cutAt(text, cuts))
        expect(told).toEqual(streamed([text]))
        expect(read(text)?.statements.slice(0, told.length) ?? []).toEqual(told)
      }),
      { numRuns: 2000 },
    )
  })

  test('of an honest answer it tells all', () => {
    const lists = fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { minLength: 1 })
    fc.assert(
      fc.property(lists, fc.array(fc.nat()), fc.boolean(), (numbers, cuts, isFenced) => {
        const each = numbers.map((n) => [n])
        const text = `${isFenced ? '\n```json\n' : ''}${answer({ statements: each })}`
        expect(streamed(cutAt(text, cuts))).toEqual(each)
        expect(read(text)?.statements).toEqual(each)
      }),
    )
  })
})
