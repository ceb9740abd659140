import { concat } from '../../traced.ts'
import type { Traced } from '../../traced.ts'
import type { Item, Segmented } from '../item.ts'
import type { DocumentParagraph } from '../layout/document-paragraphs.ts'
import { CREDIT_TAIL, isCredit } from '../layout/credit.ts'
import { isNoticeTitle } from '../layout/notice.ts'
import { isClosed } from '../layout/sentence.ts'
import { crossesWord } from '../layout/word-boundary.ts'

/** Levels at which the reader of a PDF marks what stands over a text. */
const HEADLINE = 1
const SUBTITLE = 2
const KICKER = 3

const BYLINE_LENGTH = 40
const REST_OF_NAME = 2
const BYLINE = /^[□■◎●◆]|记者|通讯员|作者|评论员|特约/u
/** Text before the first headline that is the page's own: shorter, and without a sentence. */
const PROSE = /[。！？]/u

/** An article's paragraphs with what stands over them. */
interface Story {
  kicker: Traced | null
  headline: Traced | null
  subtitle: Traced | null
  credits: Traced[]
  body: Paragraph[]
}

interface Paragraph {
  readonly lines: Traced[]
  readonly subhead: boolean
  /** Whether a pause stands in it. */
  paused: boolean
  /** Its end, which shows whether it goes on: all of it where it is no longer than a credit. */
  tail: string
}

/**
 * A page whose reader put each article together under its marked headline, as that of PDF pages does:
 * what follows a headline is its article's, a paragraph a line. A line that ends as no sentence does
 * goes on in the next.
 */
export function composedPage(paragraphs: readonly DocumentParagraph[]): Segmented {
  const stories: Story[] = [newStory()]
  for (const [i, { text, level }] of paragraphs.entries()) {
    const next = paragraphs[i + 1]
    if (level === KICKER && next?.level === HEADLINE) stories.push({ ...newStory(), kicker: text })
    else if (level === HEADLINE) begin(stories, text)
    else put(stories.at(-1)!, text, level)
  }
  const [before, ...rest] = stories
  const told = [
    ...(before!.body.some(({ lines }) => lines.some(({ text }) => PROSE.test(text)))
      ? [before!]
      : []),
    ...rest,
  ]
  const articles = told.filter(({ body }) => body.length > 0)
  return {
    items: articles.map(toItem),
    furniture: stories.filter((story) => !articles.includes(story)).flatMap(leftOver),
  }
}

/** Lines of the page's own before its first headline, and headlines without a text. */
const leftOver = ({ kicker, headline, subtitle, credits, body }: Story) =>
  [kicker, headline, subtitle, ...credits, ...body.map(({ lines }) => concat(lines))]
    .filter((text) => text !== null)
    .map((text) => ({ what: '未能归属的标题行', text }))

const newStory = (): Story => ({
  kicker: null,
  headline: null,
  subtitle: null,
  credits: [],
  body: [],
})

/** A kicker alone waits for its headline. */
function begin(stories: Story[], headline: Traced): void {
  const last = stories.at(-1)!
  if (last.kicker && !last.headline && last.body.length === 0) last.headline = headline
  else stories.push({ ...newStory(), headline })
}

function put(story: Story, text: Traced, level: number | null): void {
  const { body, credits, headline } = story
  const last = body.at(-1)
  if (
    level === SUBTITLE &&
    headline &&
    !story.subtitle &&
    body.length === 0 &&
    credits.length === 0
  )
    story.subtitle = text
  else if (level !== null) body.push(newParagraph(text, true))
  else if (headline && body.length === 0 && isByline(text.text)) credits.push(text)
  else if (body.length === 0 && credits.length > 0 && text.text.length <= REST_OF_NAME)
    credits.push(concat([credits.pop()!, text]))
  else if (last && !last.subhead && goesOn(last, text.text)) carryOn(last, text)
  else body.push(newParagraph(text, false))
}

function newParagraph(text: Traced, subhead: boolean): Paragraph {
  const paragraph = { lines: [], subhead, paused: false, tail: '' }
  carryOn(paragraph, text)
  return paragraph
}

function carryOn(paragraph: Paragraph, line: Traced): void {
  paragraph.lines.push(line)
  paragraph.paused ||= /[，、；：]/u.test(line.text)
  paragraph.tail = (paragraph.tail + line.text).slice(-CREDIT_TAIL - 1)
}

/** A line of prose goes on; one of a list, which has no pause in it, does not. */
const goesOn = ({ tail, paused }: Paragraph, right: string) =>
  !isClosed(tail) && !isCredit(tail) && (paused || crossesWord(tail, right))

const isByline = (text: string) =>
  text.length <= BYLINE_LENGTH &&
  !/[，。；！？]/u.test(text) &&
  (BYLINE.test(text) || isCredit(text))

const toItem = ({ kicker, headline, subtitle, credits, body }: Story): Item => ({
  kind: isNoticeTitle(headline?.text ?? '') ? 'notice' : 'article',
  headline,
  kicker,
  subtitle,
  subheads: body.filter(({ subhead }) => subhead).map(({ lines }) => concat(lines)),
  rows: [],
  credits,
  section: null,
  body: body.map(({ lines }) => concat(lines)),
  notes: [],
})
