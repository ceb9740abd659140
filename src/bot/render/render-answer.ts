import { type Printed, detailsOf, titleOf } from '../../answer/printed.ts'
import { type Head, type Line, type Source, replyOf, sidesText } from '../../answer/reply.ts'
import type { Answer, Citation, Statement } from '../../corpus.ts'
import {
  type Formatted,
  bold,
  foldedQuote,
  formatted,
  italic,
  joined,
  quoted,
} from './formatted.ts'

/** An answer in blocks that may be sent as one message or several, its sources folded away. */
export function renderAnswer(
  answer: Answer,
  { today, asked }: { readonly today: string; readonly asked?: string },
): Formatted[] {
  const { understood, heads, lines, sources } = replyOf(answer, today)
  return [
    ...(asked ? [formatted('问：', bold(asked))] : []),
    ...(understood === null ? [] : [italic(understood)]),
    ...heads.flatMap(renderHead),
    ...lines.map(renderLine),
    ...sources.map(renderFolded),
  ]
}

export interface PartialAnswer {
  readonly statements: readonly Statement[]
  readonly citations: readonly Citation[]
  readonly today: string
}

/** The statements so far under their heads, and whether more are to come. */
export function renderPartial(
  { statements, citations, today }: PartialAnswer,
  end: string,
): Formatted {
  const whole = {
    question: '',
    standalone: '',
    status: 'answered',
    missing: [],
    notices: [],
  } as const
  const told = { ...whole, statements, citations }
  return joined([...replyOf(told, today).heads.flatMap(renderHead), end], '\n\n')
}

/** Head and title stay with the first line under them, wherever a long message is cut. */
function renderHead({ printed, parts }: Head): Formatted[] {
  return parts.flatMap(({ title, lines: [first, ...more] }, i) => [
    joined([i === 0 ? bold(printed) : '', title ?? '', first ? renderLine(first) : ''], '\n'),
    ...more.map(renderLine),
  ])
}

const renderLine = (line: Line): Formatted => formatted(italic(line.label ?? ''), sidesText(line))

/** A source of which a line or two show until it is unfolded. */
function renderFolded({ marks, title, details, headed, quotes }: Source): Formatted {
  const named = [`${marks} ${title}`, headed ? '' : details]
  return foldedQuote(joined([...named, ...renderQuotes(quotes)], '\n'))
}

/** A source whose quote is to be read at once. */
export function renderOpen({ marks, title, details, quotes }: Source): Formatted {
  const named = joined([formatted(marks, ' ', bold(title)), details], '\n')
  return joined([named, quoted(joined(renderQuotes(quotes), '\n'))], '\n')
}

const renderQuotes = (quotes: Source['quotes']) =>
  quotes.map(({ mark, text }) => formatted(mark ?? '', text))

/** The headline, and under it paper, date and place. */
export function titled(printed: Printed): Formatted {
  return formatted(bold(titleOf(printed)), '\n', detailsOf(printed))
}
