import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Part, createJsonReader, readJson } from '../../../src/answer/model/read-json.ts'

const KEYS = ['status', 'statements', 'question']
const VALUE = '{"status":"answered","statements":[[3,4],[9]]}'
const PARTS: Part[] = [
  ['status', 'answered'],
  ['statements', ['3', '4']],
  ['statements', ['9']],
]

/** The parts of a text that comes in as these pieces. */
function readAll(pieces: readonly string[]): Part[] {
  const parts: Part[] = []
  const read = createJsonReader((...part) => parts.push(part))
  for (const piece of pieces) read(piece)
  return parts
}

/** Whatever a model may write, with much that looks like JSON. */
const written = fc
  .array(
    fc.oneof(
      fc.constantFrom('{"status":"answered",', '"statements":[', '[3,4]', '<think>', '</think>'),
      fc.string({ unit: fc.constantFrom(...Array.from('{}[]",:\\ \nu0a7-你')) }),
    ),
  )
  .map((pieces) => pieces.join(''))

describe('readJson', () => {
  test.each([
    ['plain', VALUE],
    ['in a code fence', `\`\`\`json\n${VALUE}\n\`\`\``],
    ['after a greeting', `好的，以下是回答：\n${VALUE}\n希望有帮助。`],
    ['within another object', `{"answer":${VALUE}}`],
    ['behind another object', `{"note":"先想想"}\n${VALUE}`],
    ['with a comma too many', '{"status":"answered","statements":[[3,4,],[9],],}'],
    ['with numbers as text', '{"status":"answered","statements":[["3","4"],["9"]]}'],
    ['as another language has it', "{'status': 'answered', statements: [(3), [3, 4], [9]]}"],
    ['without its end', VALUE.slice(0, -2)],
  ])('%s', (_name, text) => {
    const read = readJson(text, KEYS)
    for (const part of PARTS) expect(read).toContainEqual(part)
  })

  test.each<[string, string, string]>([
    ['line breaks in a string', '{"question":"一\n二\t三"}', '一\n二\t三'],
    [
      'quotation marks not escaped',
      '{"question":"推行"电等企业"模式","n":1}',
      '推行"电等企业"模式',
    ],
    ['quotation marks at the end of a string', '{"question":"审批"打捆"" }', '审批"打捆"'],
    ['escapes', String.raw`{"question":"\"\u4f60\ud83d\ude00\n\\"}`, '"你😀\n\\'],
  ])('reads %s', (_name, text, question) =>
    expect(readJson(text, KEYS)?.find(([key]) => key === 'question')?.[1]).toBe(question),
  )

  test.each([
    ['nothing', ''],
    ['prose', '抱歉，我不能回答。'],
    ['another object', '{"text":"免费"}'],
    ['half a string', '{"question": "b'],
    ['brackets the wrong way', '} {'],
    ['an array', '[[3,4]]'],
    ['a prototype', '{"__proto__":{"x":"1"},"constructor":null}'],
  ])('finds none in %s', (_name, text) => expect(readJson(text, KEYS)).toBeUndefined())

  test('reads back whatever text has been written', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.string())), (statements) => {
        const text = JSON.stringify({ status: 'answered', statements })
        const read = statements.length > 0 ? statements : [[]]
        expect(readJson(text, KEYS)?.slice(1)).toEqual(read.map((s) => ['statements', s]))
      }),
    )
  })

  test('never throws, nor takes long', () => {
    fc.assert(fc.property(written, (text) => void readJson(text, KEYS)))
    // Computing, not waiting: on a busy machine the latter says what others do.
    const began = process.cpuUsage()
    for (const bracket of ['{', '[', '"', '</think>', '{"a":', '\\', '<']) {
      readJson(bracket.repeat(65_536 / bracket.length), KEYS)
    }
    expect(process.cpuUsage(began).user / 1000).toBeLessThan(5000)
  })
})

describe('a reader', () => {
  test('reads the same, however a text is cut', () => {
    fc.assert(
      fc.property(written, fc.array(fc.nat()), (text, cuts) => {
        const at = [0, ...cuts.map((cut) => cut % (text.length + 1)), text.length]
        const bounds = at.toSorted((a, b) => a - b)
        const pieces = bounds.slice(1).map((end, i) => text.slice(bounds[i], end))
        expect(readAll(pieces)).toEqual(readAll([text]))
      }),
    )
  })

  test('tells a list with its last bracket', () => {
    const until = VALUE.indexOf(']') + 1
    expect(readAll([VALUE.slice(0, until - 1)])).toEqual(PARTS.slice(0, 1))
    expect(readAll([VALUE.slice(0, until)])).toEqual(PARTS.slice(0, 2))
  })

  test('reads no object behind prose, which may be thinking aloud', () => {
    expect(readAll([`我先想想：${VALUE}`])).toEqual([])
  })
})
