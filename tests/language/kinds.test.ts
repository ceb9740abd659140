import { describe, expect, test } from 'vitest'
import { type Kind, KINDS, askedIn, gives, parseKinds } from '../../src/language/kinds.ts'

const givesOf = (kind: Kind, question: string, sentence: string) =>
  askedIn(question)
    .filter((asked) => asked.kind === kind)
    .map((asked) => gives(asked, sentence))

describe('the table of kinds', () => {
  test.each(KINDS.map((kind) => [kind.name, kind] as const))('%s is asked and given', (_, kind) => {
    expect(kind.right).not.toHaveLength(0)
    expect(kind.wrong).not.toHaveLength(0)
    for (const { question, sentence } of kind.right)
      expect(givesOf(kind, question, sentence)).toContain(true)
    for (const { question, sentence } of kind.wrong)
      expect(new Set(givesOf(kind, question, sentence))).toEqual(new Set([false]))
  })

  test.each([
    ['什么时候开始报名？', ['date']],
    ['有多少家企业复工？', ['count']],
    ['能贷多少钱，找哪个部门？', ['money', 'organisation']],
    ['报名的人', []],
  ])('of two ways of asking that overlap the longer counts: %s', (question, kinds) => {
    expect(askedIn(question).map(({ kind }) => kind.name)).toEqual(kinds)
  })

  test('a count is given with the classifier that is asked with', () => {
    const [asked] = askedIn('来了多少家企业？')
    expect(gives(asked!, '来了20家企业。')).toBe(true)
    expect(gives(asked!, '来了20台车。')).toBe(false)
  })

  test('reads words, shapes and examples', () => {
    expect(parseKinds('# 注\n[day]\nasked: 哪天\ngiven: <date>\n✓ 哪天 → 3月1日。\n')).toEqual([
      {
        name: 'day',
        asked: ['哪天'],
        given: ['<date>'],
        right: [{ question: '哪天', sentence: '3月1日。' }],
        wrong: [],
      },
    ])
  })
})
