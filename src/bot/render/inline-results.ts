import type {
  InlineKeyboardButton,
  InlineQueryResultArticle,
  InputTextMessageContent,
} from 'grammy/types'
import { detailsOf } from '../../answer/printed.ts'
import { circled } from '../../answer/reply.ts'
import type { Answer, Citation, Statement } from '../../corpus.ts'
import { shortened } from '../../language/shortened.ts'
import { SOURCES_A_ROW } from '../handlers/answer-question.ts'
import { inRows } from './in-rows.ts'
import { renderAnswer } from './render-answer.ts'
import { SAY } from '../replies.ts'
import { NO_PREVIEW } from '../send/send.ts'
import { splitMessage } from './split-message.ts'

/** A text to share, as Telegram is told it. */
export interface InlineResult extends InlineQueryResultArticle {
  readonly input_message_content: InputTextMessageContent &
    Required<Pick<InputTextMessageContent, 'link_preview_options'>>
}

export interface ResultsOptions {
  /** The day of the question, YYYY-MM-DD. */
  readonly today: string
  /** Where the cited words of one article can be read. */
  readonly link: (cited: readonly [Citation, ...Citation[]]) => string
}

/** What fits beside each other above a keyboard; who wants more goes on typing. */
const MOST_RESULTS = 3
/** Two lines of a telephone. */
const TITLE_LENGTH = 40

/**
 * What of an answer can be shared, each as a message of its own: all of it, and then what each article
 * alone says. An article and not a sentence, because its sentences go on from one another and have one
 * source. Of a conflict, or on a wrong premise, no side stands alone. What is longer than a message is
 * left out.
 */
export function inlineResults(given: Answer, options: ResultsOptions): InlineResult[] {
  // What else may be asked is for who asked.
  const answer = { ...given, notices: given.notices.filter(({ readings }) => !readings) }
  const articles = [...new Set(answer.citations.map(({ articleId }) => articleId))]
    .map((id) => ofArticle(answer, id))
    .filter(({ statements }) => statements.length > 0)
  const alone = isQualified(answer) || articles.length < 2 ? [] : articles
  const [first] = answer.statements
  if (!first) return []
  const one = articles.length === 1 ? articles[0] : undefined
  const whole = one
    ? titlesOf(one)
    : {
        title: SAY.wholeAnswer(articles.length),
        description: shortened(first.text, 2 * TITLE_LENGTH),
      }
  return [
    ...resultOf(answer, whole, options),
    ...alone.flatMap((article) => resultOf(article, titlesOf(article), options)),
  ]
    .slice(0, MOST_RESULTS)
    .map((result, i) => ({ ...result, id: String(i + 1) }))
}

/** What an article alone says begins so, and stands there. */
function titlesOf({ statements: [told], citations: [cited] }: Answer) {
  return { title: shortened(told!.text, TITLE_LENGTH), description: detailsOf(cited!) }
}

const isQualified = ({ notices }: Answer) =>
  notices.some(({ kind }) => kind === 'conflict' || kind === 'premise')

/** What an answer tells from one article, with what is to be minded of that, numbered from 1. */
function ofArticle(answer: Answer, articleId: string): Answer {
  const own = new Set(
    answer.citations.filter((one) => one.articleId === articleId).map(({ n }) => n),
  )
  const within = ({ citations }: Statement) =>
    citations.length > 0 && citations.every((n) => own.has(n))
  const told = [...answer.statements, ...answer.notices].filter(within)
  const cited = answer.citations.filter(({ n }) => told.some((one) => one.citations.includes(n)))
  const renumbered = <T extends Statement>(one: T): T => ({
    ...one,
    citations: one.citations.map((n) => cited.findIndex((citation) => citation.n === n) + 1),
  })
  return {
    ...answer,
    status: 'answered',
    statements: answer.statements.filter(within).map(renumbered),
    notices: answer.notices.filter(within).map(renumbered),
    citations: cited.map((citation, i) => ({ ...citation, n: i + 1 })),
    missing: [],
  }
}

type Result = Omit<InlineResult, 'id'>

function resultOf(
  answer: Answer,
  titles: Pick<Result, 'title' | 'description'>,
  { today, link }: ResultsOptions,
): Result[] {
  const [message, ...more] = splitMessage(renderAnswer(answer, { today, asked: answer.question }))
  if (!message || more.length > 0) return []
  return [
    {
      type: 'article',
      ...titles,
      input_message_content: {
        message_text: message.text,
        entities: [...message.entities],
        link_preview_options: NO_PREVIEW,
      },
      reply_markup: { inline_keyboard: inRows(sourceButtons(answer, link), SOURCES_A_ROW) },
    },
  ]
}

/** A button for each article, which leads to all that is cited of it. */
function sourceButtons(
  { citations }: Answer,
  link: ResultsOptions['link'],
): InlineKeyboardButton[] {
  return [...Map.groupBy(citations, ({ articleId }) => articleId).values()].map(
    ([first, ...more]) => ({
      text: `${[first!, ...more].map(({ n }) => circled(n)).join('')} 原文`,
      url: link([first!, ...more]),
    }),
  )
}
