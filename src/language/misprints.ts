import type { Span } from '../traced.ts'

/**
 * What recognition of print takes for one another: 人 for 入 before a verb's second half, 己 for 已,
 * 末 for 未. Only where the words beside leave no other reading.
 */
const SLIPS: readonly (readonly [pattern: RegExp, read: string, meant: string])[] = [
  [/纳人(?!员|才|口|数|群)/g, '纳人', '纳入'],
  [/(?<![\p{Script=Han}][个工商本客法证])人驻(?=[企园高产商项])/gu, '人驻', '入驻'],
  [/(?<![\p{Script=Han}])人园(?=[企之后以时前项]|\d)/gu, '人园', '入园'],
  [/深人(?=开展|推进|实施|贯彻|学习|基层|企业|调研|了解|研究)/g, '深人', '深入'],
  [/投人(?=使用|资金|运营|生产|\d)/g, '投人', '投入'],
  [/列人(?=全|省|国|重点|名单|计划)/g, '列人', '列入'],
  [/(?<=[国省市年业额总人])收人(?=\d|同比|增长|达)/g, '收人', '收入'],
  [/(?<=[截至目前均早现])己(?=[有成建完经实达])/g, '己', '已'],
  [/(?<=[^\p{Script=Han}]|尚|并|从)末(?=能|经|曾|完成|达到|按)/gu, '末', '未'],
]

/** A word as it is printed, and what it probably was in the paper. */
export interface Misprint extends Span {
  readonly read: string
  readonly meant: string
}

/** The words of a text that look misread, in order. */
export function misprints(text: string): Misprint[] {
  return SLIPS.flatMap(([pattern, read, meant]) =>
    [...text.matchAll(pattern)].map(({ index, 0: word }) => ({
      start: index,
      end: index + word.length,
      read,
      meant,
    })),
  ).toSorted((a, b) => a.start - b.start)
}
