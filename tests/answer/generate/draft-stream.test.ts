import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type DraftPart, createDraftStream } from '../../../src/answer/generate/draft-stream.ts'

const statement = (text: string) => ({ text, evidence: [{ label: 1, quote: `${text}，原文如此` }] })
const DRAFT = {
  status: 'partial',
  statements: [statement('不收费。'), statement('到"服务大厅"[申报]，{一次}就行\\。')],
  missing: ['“期限”'],
  premise: { text: '不对', evidence: [{ label: 2, quote: '审批时间压缩20%' }] },
}
const PARTS: DraftPart[] = [
  { status: 'partial' },
  ...DRAFT.statements.map((s) => ({ statement: s })),
]

function readAll(pieces: readonly string[]): DraftPart[] {
  const read = createDraftStream()
  return pieces.flatMap((piece) => read(piece))
}

describe('a draft stream', () => {
  test.each([
    ['compact', JSON.stringify(DRAFT)],
    ['indented', JSON.stringify(DRAFT, null, 2)],
    ['in a code fence', `\`\`\`json\n${JSON.stringify(DRAFT)}\n\`\`\``],
    [
      'after thinking',
      `<think>{"status":"answered","statements":[]}</think>${JSON.stringify(DRAFT)}`,
    ],
    [
      'after thinking that was not opened',
      `好，{"status":"answered"}…</think>${JSON.stringify(DRAFT)}`,
    ],
  ])('gives the parts of a draft, however it is cut: %s', (_name, text) => {
    fc.assert(
      fc.property(fc.array(fc.nat(text.length)), (cuts) => {
        const at = [0, ...cuts, text.length].toSorted((a, b) => a - b)
        const parts = readAll(at.slice(1).map((end, i) => text.slice(at[i], end)))
        const told = parts.filter((part) => 'statement' in part)
        expect(told).toEqual(PARTS.slice(1))
        expect(parts).toContainEqual(PARTS[0])
      }),
    )
  })

  test('gives each part as soon as its last character is there', () => {
    const text = JSON.stringify(DRAFT)
    const read = createDraftStream()
    const at: string[] = []
    for (const char of text)
      for (const part of read(char)) at.push('status' in part ? char : part.statement.text)
    expect(at).toEqual(['"', ...DRAFT.statements.map((s) => s.text)])
    const until = text.indexOf('}]}') + 3
    expect(readAll([text.slice(0, until - 1)])).toHaveLength(1)
    expect(readAll([text.slice(0, until)])).toHaveLength(2)
  })

  test('skips a statement that is none', () => {
    const broken = { ...DRAFT, statements: [{ said: '不收费' }, DRAFT.statements[0]] }
    expect(readAll([JSON.stringify(broken)])).toEqual([PARTS[0], PARTS[1]])
  })

  test('does not take a statement elsewhere for one of the answer', () => {
    const text = JSON.stringify({
      notes: { statements: [statement('假的')] },
      premise: statement('假的'),
      statements: [],
    })
    expect(readAll([text])).toEqual([])
  })

  test('never throws', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.string({ unit: fc.constantFrom(...Array.from('{}[]",:\\ statements<think>/')) }),
        ),
        (pieces) => {
          readAll(pieces)
        },
      ),
    )
  })

  test('keeps up with a long answer', () => {
    const text = JSON.stringify({
      ...DRAFT,
      statements: Array.from({ length: 300 }, (_, i) => statement(`第${i}句`)),
    })
    const started = performance.now()
    expect(readAll(text.match(/[\s\S]{1,4}/g) ?? [])).toHaveLength(301)
    expect(performance.now() - started).toBeLessThan(500)
  })
})

test('a flood of thinking does not hold the process up', () => {
  const read = createDraftStream()
  const started = performance.now()
  for (let i = 0; i < 8000; i++) read('</think>')
  expect(performance.now() - started).toBeLessThan(1000)
  expect(read('{"status":"answered"')).toEqual([{ status: 'answered' }])
})
