import type { Context } from '../../../src/answer/context/context.ts'
import { numberPieces } from '../../../src/answer/context/number-pieces.ts'
import type { Passage } from '../../../src/corpus.ts'
import { passage } from '../../support/paper-passages.ts'

/** Two articles; the pieces of the first go from 1 to 7, those of the second from 8 to 11. */
const TEXTS = [
  '今年5月份，供电公司推出“电等企业”服务，高铁片区新入驻企业供电“即插即用”，无需承担任何报装费用。跟班代办员全程代办审批事项，客户可随时线上查询办电进度。',
  '今年以来，全市20家企业获得质押融资2.86亿元，同比增长9.8%，但没有一笔逾期。',
]

export const PASSAGES: readonly Passage[] = TEXTS.map((text, i) =>
  passage(text, { id: `p${i}`, articleId: `a${i}`, place: ['河南省', '濮阳市'] }),
)
export const CONTEXT = numberPieces(PASSAGES.map((p) => [p]))
export const QUESTION = '高铁片区的企业用电要交费用吗，能不能贷款？'

/** The text of a piece. */
export function pieceOf(context: Context, n: number): string | undefined {
  const pointed = context.at(n)
  if (!pointed) return undefined
  const { start, end } = pointed.sentence.pieces[pointed.index]!
  return pointed.sentence.text.slice(start, end)
}
