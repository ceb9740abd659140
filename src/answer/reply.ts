/**
 * How an answer is read, decided once for every door: what is said first, under which head, with
 * which marks, and where it comes from. Doors only draw it.
 */
import type { Answer, Citation, Claim, NoticeKind, Statement } from '../corpus.ts'
import { shortened } from '../language/shortened.ts'
import { served, shortly } from '../served.ts'
import { asksTheSame } from '../retrieval/follow-up/asks-the-same.ts'
import { courtesyIn } from './courteous.ts'
import { readingsOf } from './readings.ts'
import { CLAIM_CUT, LONGEST_CLAIM } from './cut-question.ts'
import { CORRECTION } from './tell/cut.ts'
import { type Printed, detailsOf, headOf, titleOf } from './printed.ts'

/** The fixed sentences a reader gets. */
export const REPLIES = {
  not_found: '收录的报道里没有找到这个问题的答案。',
  /** Where a sentence follows that comes near. */
  only_near: '收录的报道谈到了相近的事，没有找到直接的回答。',
  failed: '系统暂时出错，请稍后再试。',
} as const

/** What is said where something went wrong; by its number whoever looks after the bot finds why. */
export function apology(): string {
  const of = served()
  return of ? `${REPLIES.failed}（编号 ${shortly(of)}）` : REPLIES.failed
}

export interface Reply {
  /** 按“……”理解: how the question was read, where that is not what was typed. */
  readonly understood: string | null
  /** What is told, by where, when and in which paper it was printed. */
  readonly heads: readonly Head[]
  /** What else there is to say, each a paragraph of its own. */
  readonly lines: readonly Line[]
  /** Questions to choose from. */
  readonly readings: readonly string[]
  /** What is cited, by article. */
  readonly sources: readonly Source[]
}

export interface Head {
  /** 濮阳市 · 2022年10月（两年多前） · 濮阳日报; empty for what cites nothing. */
  readonly printed: string
  /** One part an article; several have their titles, because nothing else tells them apart. */
  readonly parts: readonly { readonly title: string | null; readonly lines: readonly Line[] }[]
}

/** Mostly one side; of a conflict each stands on a line of its own. Behind each come its marks, ①②. */
export interface Line {
  readonly label: string | null
  readonly sides: readonly Statement[]
}

export interface Source {
  readonly marks: string
  readonly title: string
  readonly details: string
  /** Whether a head says the details already. */
  readonly headed: boolean
  /** A mark of its own for each of several quotes. */
  readonly quotes: readonly {
    readonly n: number
    readonly mark: string | null
    readonly text: string
  }[]
}

export type Replied = Pick<
  Answer,
  'question' | 'standalone' | 'status' | 'statements' | 'citations' | 'missing' | 'notices'
>

/** An answer in the order in which it is read, on the day of the question (YYYY-MM-DD). */
export function replyOf(answer: Replied, today: string): Reply {
  const courtesy = courtesyIn(answer)
  if (courtesy) {
    const lines = [plainLine(courtesy.text)]
    return { understood: null, heads: [], lines, readings: readingsOf(answer), sources: [] }
  }
  const { question, standalone, status, statements, citations, missing, notices } = answer
  const noticed = (...kinds: readonly NoticeKind[]) =>
    kinds.flatMap((kind) => notices.filter((notice) => notice.kind === kind))
  const isPremise = ({ text }: Statement) => text.startsWith(CORRECTION)
  // Who asks on a wrong premise reads that first.
  const told = [
    ...noticed('premise'),
    ...statements.filter(isPremise),
    ...statements.filter((statement) => !isPremise(statement)),
  ]
  const heads = headsOf(told, citations, today)
  return {
    understood: asksTheSame(question, standalone) ? null : `按“${quotedWithin(standalone)}”理解`,
    heads,
    lines: [
      ...(status === 'not_found' ? [plainLine(refusal(notices))] : []),
      ...noticed('conflict').map(conflictLine),
      // What a refusal misses is the question itself.
      ...(status === 'not_found' || missing.length === 0
        ? []
        : [{ ...plainLine(missing.join('；')), label: NOT_FOUND_OF }]),
      ...noticed('nearest').map((notice) => lineOf(notice)),
      ...noticed('place', 'stale', 'scope', 'degraded').map((notice) => lineOf(notice, '提示：')),
      ...noticed('alone').map((notice) => lineOf(notice)),
    ],
    readings: [],
    sources: sourcesOf(citations, new Set(told.map((one) => articleOf(one, citations)))),
  }
}

/** A search finds or does not; what articles do not say is known only where one speaks of the thing. */
function refusal(notices: Replied['notices']): string {
  return notices.some(({ kind }) => kind === 'nearest') ? REPLIES.only_near : REPLIES.not_found
}

/** What of a question was looked for in vain. */
const NOT_FOUND_OF = '收录的报道里没有找到：'

/** What a claim was found to be, and the sentences that show it. */
export function claimReply({ claim, verdict, differences, citations }: Claim): {
  readonly verdict: string
  readonly differences: readonly string[]
  readonly sources: readonly Source[]
} {
  return {
    verdict: VERDICTS[verdict],
    differences: [
      ...(claim.length > LONGEST_CLAIM ? [CLAIM_CUT] : []),
      ...differences.map(({ claimed, printed }) => {
        if (!claimed) return `报道还写了“${printed}”`
        return printed
          ? `说的是“${claimed}”，报道写的是“${printed}”`
          : `说的是“${claimed}”，报道没有写`
      }),
    ],
    sources: sourcesOf(citations, new Set()),
  }
}

const VERDICTS: Readonly<Record<Claim['verdict'], string>> = {
  found: '报道里有这个说法。',
  changed: '报道里有这句话，但写的不一样：',
  near: '报道谈到这件事，但说法不同，是否一致请对照原文。',
  not_found: '收录的报道没有说到这件事。',
}

/** A whole answer as plain text: what is told, what is not said, what to mind, and the sources' names. */
export function replyText(answer: Replied, today: string): string {
  const { understood, heads, lines, readings, sources } = replyOf(answer, today)
  const named = sources.map(({ marks, title, details }) => `${marks} ${title} · ${details}`)
  return [
    ...(understood === null ? [] : [understood]),
    ...heads.flatMap(headParagraphs),
    ...lines.map(lineText),
    ...(readings.length > 0 ? [readings.map((reading) => `· ${reading}`).join('\n')] : []),
    ...(named.length > 0 ? [['出处', ...named].join('\n')] : []),
  ].join('\n\n')
}

/** Head and title stand right above the first line under them. */
function headParagraphs({ printed, parts }: Head): string[] {
  return parts.flatMap(({ title, lines: [first, ...more] }, i) => [
    [i === 0 ? printed : '', title ?? '', first ? lineText(first) : ''].filter(Boolean).join('\n'),
    ...more.map(lineText),
  ])
}

/** Headline, paper, date and place: 《…》 · 濮阳日报（推断） · 2022年10月（推断） · 濮阳市台前县 */
export function sourceLine(printed: Printed): string {
  return `${titleOf(printed)} · ${detailsOf(printed)}`
}

export function circled(n: number): string {
  return n >= 1 && n <= 20 ? String.fromCodePoint('①'.codePointAt(0)! + n - 1) : `[${n}]`
}

/** What was told, without the marks of its sources. */
export const withoutMarks = (text: string): string => text.replaceAll(/[①-⑳]|\[\d+\]/gu, '')

/** A quote as one text: its lines are those of a column, unless they are the rows of a table. */
export function tidy(quote: string): string {
  const lines = quote
    .split('\n')
    .map((line) => line.trim().replaceAll(/\s+/g, ' '))
    .filter(Boolean)
  return lines.join(lines.every((line) => line.includes(' ')) ? '\n' : '')
}

/** Quotation marks within quotation marks. */
/** Fit to stand between quotation marks. */
export const quotedWithin = (text: string) => text.replaceAll('“', '‘').replaceAll('”', '’')

/** What a line says behind its label. */
export const sidesText = ({ sides }: Line): string =>
  sides.map(({ text, citations }) => text + citations.map(circled).join('')).join('\n')
const lineText = (line: Line) => `${line.label ?? ''}${sidesText(line)}`
const plainLine = (text: string) => lineOf({ text, citations: [] })

function lineOf({ text, citations }: Statement, label: string | null = null): Line {
  return { label, sides: [{ text, citations }] }
}

/** Each of a conflict's titles begins a line, and each side has its own mark. */
const SIDE = /(?<=。)(?=《[^》]*》(?:（[^）]*）)?写的是：)/u

function conflictLine(notice: Statement): Line {
  const sides = notice.text.split(SIDE)
  const numbers = notice.citations
  if (sides.length !== numbers.length) return lineOf({ text: sides.join('\n'), citations: numbers })
  return { label: null, sides: sides.map((text, i) => ({ text, citations: [numbers[i]!] })) }
}

function headsOf(
  told: readonly Statement[],
  citations: readonly Citation[],
  today: string,
): Head[] {
  const articles = Array.from(
    Map.groupBy(told, (one) => articleOf(one, citations)),
    ([id, statements]) => {
      const article = citations.find(({ articleId }) => articleId === id)
      return {
        printed: article ? headOf(article, today) : '',
        title: article ? oneLine(titleOf(article)) : null,
        statements,
      }
    },
  )
  const heads = [...Map.groupBy(articles, ({ printed }) => printed)]
  const inOrder = heads.flatMap(([, parts]) => parts.flatMap(({ statements }) => statements))
  const lastOf = new Map(inOrder.flatMap((one) => one.citations.map((n) => [n, one])))
  return heads.map(([printed, parts]) => {
    const alike = new Set(parts.map(({ title }) => title)).size === 1
    return {
      printed,
      parts: parts.map(({ title, statements }) => ({
        title: alike ? null : title,
        lines: statements.map((one) =>
          lineOf({ ...one, citations: one.citations.filter((n) => lastOf.get(n) === one) }),
        ),
      })),
    }
  })
}

/** A line of a telephone; the sources have the whole title. */
const TITLE_LENGTH = 21

function oneLine(title: string): string {
  return Array.from(title).length <= TITLE_LENGTH
    ? title
    : `${shortened(title, TITLE_LENGTH - 1)}》`
}

function articleOf({ citations: [first] }: Statement, all: readonly Citation[]) {
  return all.find(({ n }) => n === first)?.articleId
}

function sourcesOf(
  citations: readonly Citation[],
  headed: ReadonlySet<string | undefined>,
): Source[] {
  const articles = [...Map.groupBy(citations, ({ articleId }) => articleId)]
  return articles.map(([id, cited]) => ({
    marks: cited.map(({ n }) => circled(n)).join(''),
    title: titleOf(cited[0]!),
    details: detailsOf(cited[0]!),
    headed: headed.has(id),
    quotes: cited.map(({ n, quote }) => ({
      n,
      mark: cited.length > 1 ? circled(n) : null,
      text: tidy(quote),
    })),
  }))
}
