import type { Answer, ArticleDate, Citation, Publication } from '../corpus.ts'

/** The fixed sentences a reader gets. */
export const REPLIES = {
  not_found: '收录的报道没有回答这个问题。',
  failed: '系统暂时出错，请稍后再试。',
} as const

type Replied = Pick<Answer, 'status' | 'statements' | 'citations' | 'missing' | 'notices'>

/** A whole answer as plain text: what stands, what is not said, what to mind, and where it stands. */
export function replyText({ status, statements, citations, missing, notices }: Replied): string {
  const marked = ({ text, citations: numbers }: { text: string; citations: readonly number[] }) =>
    `${text}${numbers.map(circled).join('')}`
  const told =
    statements.length > 1 ? statements.map((s) => `· ${marked(s)}`) : statements.map(marked)
  const noticed = (of: typeof notices) => of.map((notice) => `提示：${marked(notice)}`)
  const blocks = [
    // Who asks on a wrong premise reads that first.
    noticed(notices.filter(({ kind }) => kind === 'premise')),
    status === 'not_found' ? [REPLIES.not_found] : told,
    missing.map((what) => `报道没有说：${what}`),
    noticed(notices.filter(({ kind }) => kind !== 'premise')),
    citations.length > 0 ? ['出处', ...sourceLines(citations)] : [],
  ]
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')
}

/** One line an article, with the numbers of all that is quoted from it. */
function sourceLines(citations: readonly Citation[]): string[] {
  const articles = Map.groupBy(citations, ({ articleId }) => articleId)
  return Array.from(
    articles.values(),
    (quoted) => `${quoted.map(({ n }) => circled(n)).join('')} ${sourceLine(quoted[0]!)}`,
  )
}

/** Headline, paper, date and place of what is cited: 《…》 濮阳日报（推断） 2022年10月（推断） 濮阳市台前县 */
export function sourceLine({
  headline,
  publication,
  date,
  place,
}: Pick<Citation, 'headline' | 'publication' | 'date' | 'place'>): string {
  return [
    headline ? `《${headline}》` : '（原文无标题）',
    publicationText(publication),
    dateText(date),
    place.slice(-2).join(''),
  ]
    .filter(Boolean)
    .join(' · ')
}

export function circled(n: number): string {
  return n >= 1 && n <= 20 ? String.fromCodePoint('①'.codePointAt(0)! + n - 1) : `[${n}]`
}

function publicationText({ name, inferred, issue }: Publication): string {
  if (!name) return '报纸名未印出'
  return `${name}${issue ? ` ${issue}` : ''}${inferred ? '（推断）' : ''}`
}

function dateText({ value, inferred }: ArticleDate): string {
  if (!value) return '日期不详'
  const [year, month, day] = value.split('-').map(Number)
  const printed = [`${year}年`, month && `${month}月`, day && `${day}日`].filter(Boolean).join('')
  return `${printed}${inferred ? '（推断）' : ''}`
}
