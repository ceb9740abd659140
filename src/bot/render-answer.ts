import { REPLIES, circled, sourceLine } from '../answer/reply.ts'
import type { Answer, Citation, Statement } from '../corpus.ts'
import { type Formatted, bold, foldedQuote, formatted, italic, joined } from './formatted.ts'

/** An answer in blocks that may be sent as one message or several: what is said, what is not, and where it stands. */
export function renderAnswer(
  { question, status, statements, citations, missing, notices }: Answer,
  { asked }: { asked?: string } = {},
): Formatted[] {
  return [
    ...(asked ? [formatted('问：', bold(asked))] : []),
    ...(status === 'not_found' ? [formatted(REPLIES.not_found)] : statements.map(marked)),
    ...(restates(missing, question) ? [] : [formatted(italic('报道没有说：'), missing.join('；'))]),
    ...notices.map((notice) => formatted(italic('提示：'), marked(notice))),
    ...renderSources(citations),
  ]
}

/** The statements that stand so far, while more are being written. */
export function renderPartial(statements: readonly Statement[]): Formatted {
  return joined([...statements.map(marked), '…'], '\n\n')
}

/** Each article once, with its quotes folded under it. */
export function renderSources(citations: readonly Citation[]): Formatted[] {
  const groups = [...Map.groupBy(citations, ({ articleId }) => articleId).values()]
  return groups.map((cited) => {
    const numbered = cited.length > 1
    const quotes = cited.map(({ n, quote }) => `${numbered ? circled(n) : ''}${tidy(quote)}`)
    return joined(
      [
        formatted(cited.map(({ n }) => circled(n)).join(''), ' ', titled(cited[0]!)),
        foldedQuote(quotes.join('\n')),
      ],
      '\n',
    )
  })
}

const SEPARATOR = ' · '

/** The headline, and under it paper, date and place. */
export function titled(cited: Parameters<typeof sourceLine>[0]): Formatted {
  const line = sourceLine(cited)
  const end = cited.headline ? cited.headline.length + '《》'.length : line.indexOf(SEPARATOR)
  return formatted(bold(line.slice(0, end)), '\n', line.slice(end + SEPARATOR.length))
}

/** Whether what is missing is no more than the question again, or nothing. */
function restates(missing: readonly string[], question: string): boolean {
  const words = (text: string) => text.replaceAll(/[^\p{L}\p{N}]/gu, '')
  return words(question).includes(words(missing.join('')))
}

const marked = ({ text, citations }: Statement): Formatted =>
  formatted(`${text}${citations.map(circled).join('')}`)

/** A quote runs over the lines of a column; on a telephone it is one text. */
export const tidy = (text: string) => text.replaceAll(/\s*\n\s*/g, '')
