import type { Passage } from '../../../corpus.ts'
import type { Span } from '../../../traced.ts'
import type { Candidate } from './candidate.ts'
import type { Facet } from './facet.ts'
import { termShare } from './score.ts'
import { type Stretch, within } from './stretch.ts'

/** Who wrote, edited or took part, as an article's head, the start or the end of its body print it. */
export interface Credit extends Stretch {
  readonly text: string
}

/** An article's credits under its title. */
export interface Credited {
  /** The titles' lines that name it, where they are printed. */
  readonly title: Credit | null
  readonly credits: readonly Credit[]
}

const LEAD = /^本报(?:讯|\S{2,4}电)\s*[（(][^）)]{2,40}[）)]/u
const TAIL =
  /(?:本报|特约|见习|实习)?(?:记者|通讯员)[\s：:]*\p{Script=Han}{2,4}(?:[\s、]+(?:通讯员[\s：:]*)?\p{Script=Han}{2,4}){0,4}(?:\s*[/／]?\s*(?:摄影报道|摄影|报道|摄|文))?[\s）)。]*$/u
const CREDIT_LINE =
  /记者|通讯员|执笔|编辑|评论员|撰稿|作者|摄$|摄影|^■|^[（(]\p{Script=Han}{2,3}(?:\s+\p{Script=Han}{2,3})*[）)]$/u
const MEMBERS = /(?:组成员|成员|作者|编委)[：:]?$/u
const GROUP = /(?:调研|课题|考察|专题|采访|报道)组|工委|提案委|研究中心$/u

/** The articles that candidates are of, in order, each with its candidates. */
export function byArticle(candidates: readonly Candidate[]): Candidate[][] {
  return [...Map.groupBy(candidates, ({ passage }) => passage.articleId).values()]
}

/** How well an article as a whole is what a facet speaks of: its titles in full, its sentences for less. */
export function articleCoverage(candidates: readonly Candidate[], { terms }: Facet): number {
  const [any] = candidates
  if (!any) return 0
  const heads = candidates.filter(({ passage }) => passage.part === 'head')
  const about = terms.filter(({ text }) => !OF_WRITING.test(text))
  const sum = about.reduce((covered, term) => {
    const titled = Math.max(
      termShare(term, any.heading),
      ...heads.map(({ words }) => termShare(term, words)),
    )
    const said =
      titled === 1 ? 0 : Math.max(0, ...candidates.map(({ words }) => termShare(term, words)))
    return covered + term.weight * Math.max(titled, said * SAID)
  }, 0)
  return (
    sum /
    Math.max(
      about.reduce((all, { weight }) => all + weight, 0),
      1e-9,
    )
  )
}

/** Words of a question that only say that an article and its writer are meant. */
const OF_WRITING = /写|笔|编辑|记者|通讯员|稿|报道|报告|文章|那[篇条]|消息|新闻|谁|哪|作者|责编|摄/u
const SAID = 0.8

/** What an article's passages print of who made it. */
export function creditsOf(candidates: readonly Candidate[]): Credited {
  const head = candidates.filter(({ passage }) => passage.part === 'head')
  const body = candidates.filter(({ passage }) => passage.part === 'body')
  const members = head.findIndex(({ text }) => MEMBERS.test(text.trim()))
  const lines = head.filter(
    ({ text }, i) =>
      (members >= 0 && i > members) || CREDIT_LINE.test(text.trim()) || GROUP.test(text.trim()),
  )
  const title = head.find(({ text, passage }) => isTitle(text, passage))
  const [first] = body
  const lead = first && LEAD.exec(first.text)
  const last = body.at(-1)
  const tail = last && TAIL.exec(last.text)
  return {
    title: title ?? null,
    credits: [
      ...lines.map((line) => partOf(line, { start: 0, end: line.text.length })),
      ...(lead ? [partOf(first, { start: 0, end: lead[0].length })] : []),
      ...(tail ? [partOf(last, { start: tail.index, end: last.text.length })] : []),
    ],
  }
}

function partOf(candidate: Candidate, part: Span): Credit {
  return { ...within(candidate, part), text: candidate.text.slice(part.start, part.end).trim() }
}

function isTitle(text: string, { headline }: Passage): boolean {
  return (
    headline !== null &&
    headline.replace(/\s/gu, '').startsWith(text.replace(/\s/gu, '').slice(0, 6))
  )
}

/** The credit that tells who wrote: whoever held the pen, else the reporters, else the authors. */
export function writerOf({ credits }: Credited): Credit[] {
  const pens = credits.filter(({ text }) => text.includes('执笔'))
  if (pens.length > 0) return pens
  const reporters = credits.filter(({ text }) => /记者|通讯员|评论员/u.test(text))
  if (reporters.length > 0) return reporters.slice(0, 1)
  return credits.filter(({ text }) => /^■|^[（(]|撰稿|作者|工委|提案委/u.test(text)).slice(0, 1)
}

export function editorOf({ credits }: Credited): Credit[] {
  return credits.filter(({ text }) => /编辑/u.test(text)).slice(0, 1)
}

/** The credits that name one of the people a question names, under the group they belong to. */
export function creditsNaming(question: string, { credits }: Credited): Credit[] {
  const naming = credits.filter(({ text }) => namesIn(text).some((name) => question.includes(name)))
  if (naming.length === 0) return []
  const group = credits.find(({ text }) => GROUP.test(text) && !MEMBERS.test(text))
  const edits = naming.every(({ text }) => /编辑/u.test(text))
  return group && !edits && !naming.includes(group) ? [group, ...naming] : naming
}

const ROLE = /(?:本报|特约|见习|实习)?(?:记者|通讯员|评论员|撰稿|作者|责任编辑|编辑)[：:]?/u
const OTHER_WORDS =
  /^(?:本报|摄影|报道|执笔|成员|调研|课题|记者|通讯|责任|编辑|关于|董事|濮阳|全市|市委|县委)/u

/** The names a credit prints: 王某某〔执笔〕 市委党校教师; 本报记者 李某某 通讯员 张某; ■ 刘卫东. */
export function namesIn(credit: string): string[] {
  const plain = credit.replace(/《[^》]*》|本报讯/gu, ' ').trim()
  const lists = plain.split(ROLE)
  // Without a role it is a member's line, whose first word is the name, or names alone.
  const words =
    lists.length > 1
      ? lists.slice(1).flatMap((list) => hanWords(list))
      : /^[■（(]/u.test(plain)
        ? hanWords(plain)
        : hanWords(plain).slice(0, 1)
  return words.filter((word) => /^.{2,4}$/u.test(word) && !OTHER_WORDS.test(word))
}

function hanWords(text: string): string[] {
  return text.split(/[^\p{Script=Han}]+/u).filter(Boolean)
}
