import { describe, expect, test } from 'vitest'
import { joinPieces } from '../../../src/answer/tell/join-pieces.ts'
import { cuttable, indexesOf } from './told.ts'

/** Some pieces of a sentence, without what governs them. */
function joined(
  text: string,
  keep: readonly string[],
  explain?: (piece: string) => string,
): string {
  const of = cuttable(text)
  return joinPieces(text, of.pieces, new Set(indexesOf(of, keep)), explain)
}

type Case = readonly [name: string, sentence: string, keep: readonly string[], told: string]

describe('marks', () => {
  test.each<Case>([
    [
      'between neighbours as printed',
      '设东街、南街；收入翻番。',
      ['东', '南', '收入'],
      '设东街、南街；收入翻番。',
    ],
    [
      'wide for narrow',
      '设东街,入口两个;收入翻番.',
      ['东', '入', '收'],
      '设东街，入口两个；收入翻番。',
    ],
    ['none within a figure', '至1:30开放,费用1,234元.', ['至', '费'], '至1:30开放，费用1,234元。'],
    [
      '， for what is left out',
      '摊位满了，客流很大，收入翻番。',
      ['摊位', '收入'],
      '摊位满了，收入翻番。',
    ],
    ['、 for items left out', '设东街、南街、西街入口。', ['东街', '西街'], '设东街、西街入口。'],
    [
      '； where one was left out',
      '摊位满了；客流大，有序；收入翻番。',
      ['摊位', '收入'],
      '摊位满了；收入翻番。',
    ],
    ['： behind a head', '措施：延长时间，减免费用。', ['措施', '减免'], '措施：减免费用。'],
    ['， for a dash', '夜市———县里的名片，开到凌晨。', ['夜市', '开到'], '夜市，开到凌晨。'],
    [
      '， where a mark without its half falls away',
      '历次调整：1）2021年降费',
      ['1', '2021'],
      '1，2021年降费。',
    ],
    ['none that hang', '———延长营业时间；', ['延长'], '延长营业时间。'],
    ['none of dots', '夜市有摊位860个……', ['860'], '夜市有摊位860个。'],
    ['？ kept at the end', '办一张证，要跑几趟？', ['要跑'], '要跑几趟？'],
    ['？ not brought forward', '夜市延长到几点？商户问。', ['夜市'], '夜市延长到几点。'],
    ['！ kept at the end', '摊位真多！', ['摊位'], '摊位真多！'],
  ])('%s', (_name, sentence, keep, told) => expect(joined(sentence, keep)).toBe(told))
})

describe('pairs of marks', () => {
  test.each<Case>([
    ['both', '县里推出“夜市贷”，利率三厘。', ['夜市贷'], '县里推出“夜市贷”。'],
    ['neither', '县里推出“夜市贷”，利率三厘。', ['利率'], '利率三厘。'],
    ['straight ones as curly', '县里推出"夜市贷",利率三厘.', ['夜市贷'], '县里推出“夜市贷”。'],
    ['closed where the words break off', '他说:"摊位满了,要排队."', ['摊位'], '“摊位满了”。'],
    ['opened where they begin late', '“摊位满了，要排队。”', ['要排队'], '“要排队。”'],
    [
      'with the full stop inside',
      '“摊位满了，要排队。”他说。',
      ['摊位', '他'],
      '“摊位满了。”他说。',
    ],
    ['no half: opening', '县里推出“夜市贷，利率三厘。', ['夜市贷'], '县里推出夜市贷。'],
    ['no half: closing', '县里推出夜市贷”，利率三厘。', ['夜市贷'], '县里推出夜市贷。'],
    ['an apostrophe is a letter', "It's open，夜市开放。", ['It'], "It's open。"],
    [
      'a bracket left out',
      '成本约300万元（不含土地），电费另算。',
      ['成本', '电费'],
      '成本约300万元，电费另算。',
    ],
    [
      'a bracket told',
      '成本约300万元(不含土地),电费另算.',
      ['成本', '不含'],
      '成本约300万元（不含土地）。',
    ],
    [
      'a title around a bracket',
      '《夜市办法（试行）》自5月施行。',
      ['夜市', '自5月'],
      '《夜市办法》自5月施行。',
    ],
  ])('%s', (_name, sentence, keep, told) => expect(joined(sentence, keep)).toBe(told))
})

describe('enumerators', () => {
  const LIST = '一是延长营业时间，二是减免费用，三要增设公厕。'
  test.each<Case>([
    ['of one item goes', LIST, ['减免'], '减免费用。'],
    [
      'goes in front of more',
      '二要减免费用，并增设公厕。',
      ['减免', '公厕'],
      '减免费用，并增设公厕。',
    ],
    ['of several stay', LIST, ['延长', '公厕'], '一是延长营业时间，三要增设公厕。'],
    ['首先是', '首先是延长时间，其次是减免费用。', ['延长'], '延长时间。'],
    ['（一）', '（一）延长营业时间。', ['延长'], '延长营业时间。'],
    ['1.', '1.延长营业时间；', ['延长'], '延长营业时间。'],
    ['①', '①延长营业时间，', ['延长'], '延长营业时间。'],
    ['and nothing else goes', '一是', ['一是'], '一是。'],
  ])('%s', (_name, sentence, keep, told) => expect(joined(sentence, keep)).toBe(told))
})

test('an explanation is asked for each piece, without its enumerator', () => {
  const asked: string[] = []
  const explain = (piece: string) => {
    asked.push(piece)
    return `${piece}（2022年）`
  }
  expect(joined('一是延长到明年，二是减免费用。', ['延长'], explain)).toBe('延长到明年（2022年）。')
  expect(asked).toEqual(['延长到明年'])
})
