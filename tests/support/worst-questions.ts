import { corpusSentences } from '../../src/cli/bench/made-corpus.ts'

/** As long as Telegram lets a message be. */
const LONGEST_MESSAGE = 4096

const filled = (text: string) =>
  text.repeat(Math.ceil(LONGEST_MESSAGE / text.length)).slice(0, LONGEST_MESSAGE)

/** Messages of 4,096 characters that make whoever reads them work: prose, figures, names, brackets, common words. */
export function worstQuestions(): string[] {
  return [
    corpusSentences().join('').slice(0, LONGEST_MESSAGE),
    ...[
      '1 ',
      '十百千万亿',
      '王小明 ',
      '（记者 王明）',
      '“',
      '（',
      '  ',
      '濮阳市',
      '今年前4个月',
      '企业补贴贷款',
      '不得除非但是',
    ].map(filled),
    `/check ${filled('企业用电报装要多久？').slice(7)}`,
    `/check ${corpusSentences()
      .join('')
      .slice(0, LONGEST_MESSAGE - 7)}`,
  ]
}
