import { expect, test } from 'vitest'
import { withReferent } from '../../../../src/answer/pick/words/with-referent.ts'
import { passage } from '../../../support/paper-passages.ts'
import { candidatesIn } from './candidates.ts'

const referred = (text: string, of: string) => {
  const all = candidatesIn(passage(text))
  return withReferent(
    all.find((c) => c.text.startsWith(of))!,
    all,
  ).text
}

test('a sentence that points back takes the one before it along', () => {
  expect(referred('全市2022年建成智慧平台。该平台已对接企业286家。', '该平台')).toBe(
    '全市2022年建成智慧平台。该平台已对接企业286家。',
  )
})

test.each([
  ['what stands on its own', '全市2022年建成智慧平台。平台已对接企业286家。', '平台'],
  ['what begins a paragraph', '全市2022年建成智慧平台。\n该平台已对接企业286家。', '该平台'],
  ['其中, which counts a part', '全市2022年有企业90家。其中企业44户。', '其中'],
  [
    'what would grow too long',
    `${'甲乙丙丁戊己'.repeat(30)}2022年。该平台已对接企业286家。`,
    '该平台',
  ],
])('not %s', (_what, text, of) => {
  expect(referred(text, of).startsWith(of)).toBe(true)
})
