import { describe, expect, test } from 'vitest'
import { REFUSALS, lettersOf, namedBy } from '../../src/endpoint/refusal.ts'

describe.each(REFUSALS)('$name', ({ entries }) => {
  test.each(entries)('$word', ({ word, right, wrong }) => {
    expect(right.length).toBeGreaterThan(0)
    const others = entries.filter((other) => other.word !== word)
    for (const example of right) {
      expect(lettersOf(example)).toContain(word)
      // Each word is needed: none of the others sees its example.
      for (const other of others) expect(lettersOf(example)).not.toContain(other.word)
    }
    for (const example of wrong) expect(lettersOf(example)).not.toContain(word)
  })
})

test.each<[string, unknown, string | undefined]>([
  [
    'DashScope, of what it inspects',
    {
      error: { code: 'data_inspection_failed', type: 'data_inspection_failed', message: 'Input.' },
    },
    'inspected',
  ],
  ['Zhipu', { error: { code: '1301', message: '系统检测到输入可能包含敏感内容' } }, 'inspected'],
  ['DeepSeek, of a model', { error: { message: 'Model Not Exist' } }, 'model'],
  ['SiliconFlow', { code: 20_012, message: 'Model does not exist.', data: null }, 'model'],
  [
    'vLLM',
    { object: 'error', message: 'The model `qwen-max` does not exist.', param: 'model' },
    'model',
  ],
  ['Ollama', { error: { message: 'model "qwen-max" not found, try pulling it' } }, 'model'],
  ['OpenRouter', { error: { message: 'qwen-max is not a valid model ID', code: 400 } }, 'model'],
  [
    'LM Studio, of a model',
    { error: { message: 'No models loaded.', param: 'model', code: null } },
    'model',
  ],
  [
    'OpenAI, of a format that a model lacks',
    { error: { message: "'response_format' is not supported with it", param: 'model' } },
    'format',
  ],
  ['MiniMax', { base_resp: { status_code: 1026, status_msg: 'x' } }, 'inspected'],
  ['MiniMax, of what it may tell later', { base_resp: { status_code: 1000 } }, undefined],
  ['Ark', { error: { code: 'InvalidEndpointOrModel.NotFound' } }, 'model'],
  ['Gemini, of a model', [{ error: { message: 'models/qwen-max is not found for' } }], 'model'],
  ['Gemini, of a key', [{ error: { code: 400, message: 'API key not valid.' } }], 'key'],
  ['llama.cpp', { error: { code: 503, message: 'Loading model' } }, 'loading'],
  [
    'Azure, by its inner error',
    { error: { message: 'x', innererror: { code: 'content_filter' } } },
    'inspected',
  ],
  ['LM Studio', { error: "'response_format.type' must be 'json_schema' or 'text'" }, 'format'],
  [
    'FastAPI, which repeats what was asked',
    { detail: [{ loc: ['body', 'response_format'], msg: 'bad', input: '敏感，额度' }] },
    'format',
  ],
  ['what repeats a question alone', { detail: [{ msg: 'bad', input: '额度' }] }, undefined],
  ['a page', '<html>busy</html>', undefined],
  ['nothing', undefined, undefined],
])('%s', (_name, body, named) => expect(namedBy(body, 'qwen-max')).toBe(named))
