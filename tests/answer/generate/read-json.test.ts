import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readJson, withoutThinking } from '../../../src/answer/generate/read-json.ts'

const VALUE = { status: 'answered', text: '“电等企业”' }
const JSON_TEXT = JSON.stringify(VALUE)

describe('readJson', () => {
  test.each([
    ['plain', JSON_TEXT],
    ['in a code fence', `\`\`\`json\n${JSON_TEXT}\n\`\`\``],
    ['after a greeting', `好的，以下是回答：\n${JSON_TEXT}\n希望有帮助。`],
    ['after thinking', `<think>先看段落 {"status":"not_found"} 再说</think>\n${JSON_TEXT}`],
    ['after thinking whose beginning is not sent', `先看段落 {不对}</think>${JSON_TEXT}`],
    ['with a comma too many', '{"status":"answered","text":"“电等企业”",}'],
  ])('%s', (_name, written) => expect(readJson(written)).toEqual(VALUE))

  test.each([
    ['line breaks in a string', '{"text":"一\n二\t三"}', { text: '一\n二\t三' }],
    [
      'quotation marks not escaped',
      '{"text":"推行"电等企业"模式","n":1}',
      { text: '推行"电等企业"模式', n: 1 },
    ],
    [
      'quotation marks at the end of a string',
      '{"a":["审批"打捆""],"n":1}',
      { a: ['审批"打捆"'], n: 1 },
    ],
    ['escaped ones stay', '{"text":"推行\\"电等企业\\"\n模式"}', { text: '推行"电等企业"\n模式' }],
  ])('mends %s', (_name, written, value) => expect(readJson(written)).toEqual(value))

  test.each([
    ['nothing', ''],
    ['prose', '抱歉，我不能回答。'],
    ['half an object', '{"a": "b'],
    ['brackets the wrong way', '} {'],
    ['an unclosed thought', '<think>{"a":1}'],
  ])('finds none in %s', (_name, written) => expect(readJson(written)).toBeUndefined())

  test('reads back whatever JSON has been written', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        expect(readJson(JSON.stringify(value))).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })

  test('never throws', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...Array.from('{}[]",:\\ \nab<think>/')) }),
        (text) => {
          readJson(text)
        },
      ),
    )
  })
})

test('thinking that goes on is all there is', () => {
  expect(withoutThinking(' <think>还在想')).toBe('')
})
