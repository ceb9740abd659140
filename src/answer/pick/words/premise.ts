import type { Candidate } from './candidate.ts'
import { type Stretch, within } from './stretch.ts'
import type { Scored } from './score.ts'
import { compareFigures, sameUnit } from '../../../language/compare-figures.ts'
import { bigrams, overlap } from '../../../language/content.ts'
import { figures } from '../../../language/figures.ts'
import type { Figure } from '../../../language/figures.ts'
import { negations } from '../../../language/negations.ts'
import type { Span } from '../../../traced.ts'

const TAG =
  /[，,]?(?:对吧|对吗|对不对|没错吧?|是吧|是吗|是不是(?:真的)?|(?:是)?真的吗|属实吗|是这样吗|有这回事吗|吧)[？?。！!]*$/u
const HEARD = /^(?:我?听说|据说|听人说|有人说|都说|网上说|报纸上说|我?记得|不是说)/u

/** What a question claims, when it only wants it confirmed; null when it asks openly. */
export function claimOf(question: string): string | null {
  const heard = question.trim().replace(HEARD, '')
  const claim = heard.replace(TAG, '')
  return claim === question.trim() ? null : spelledOut(claim)
}

/** Figures as papers print them: 5个亿 and 奖300万 are sums of money. */
function spelledOut(claim: string): string {
  const plain = claim.replace(/个亿/gu, '亿元').replace(/个点/gu, '%')
  return /[奖补贷投钱款额值]|收入|资金|利润/u.test(plain)
    ? plain.replace(/(\d[万亿])(?![\p{Script=Han}\d])/gu, '$1元').replace(/(\d[万亿])$/u, '$1元')
    : plain
}

/** How much of the claim a sentence must speak of to contradict it, and how much a clause. */
const SPEAKS = 0.3
const NEAR_BEST = 0.7

/** The clause among the candidates, best first, that contradicts what a question takes for granted. */
export function contradiction(question: string, scored: readonly Scored[]): Stretch | null {
  const [top] = scored
  if (!top) return null
  // Headlines round their figures.
  const near = scored
    .slice(0, 8)
    .filter(
      (s) =>
        s.score >= top.score * NEAR_BEST && s.own >= SPEAKS && s.candidate.passage.part === 'body',
    )
  const claim = claimOf(question)
  if (claim === null) return presupposed(question, near)
  const progress = DONE.test(claim) ? firstShare(near) : null
  if (progress) return progress
  for (const { candidate } of near) {
    const verdict = judge(claim, candidate)
    if (verdict === 'agrees') return null
    if (verdict) return within(candidate, verdict)
  }
  return null
}

/** The clause that contradicts the claim, that the figures stand, or null when it does not tell. */
type Judged = Clause | 'agrees' | null

function judge(claim: string, candidate: Candidate): Judged {
  const said = figures(claim).filter((f) => f.kind === 'quantity' && f.unit !== '')
  const clauses = clausesOf(candidate.text)
  const verdicts = said.map((figure) => judgeFigure(figure, claim, clauses))
  const against = verdicts.find((verdict) => verdict !== null && verdict !== 'agrees')
  if (against) return against
  if (verdicts.includes('agrees')) return 'agrees'
  if (said.length > 0 && !DONE.test(claim) && !FIRST.test(claim)) return null
  return judgeWords(claim, clauses)
}

/** What the rest of its sentence tells of what a figure is about, beside its own clause. */
const AROUND = 0.5

function judgeFigure(figure: Figure, claim: string, clauses: readonly Clause[]): Judged {
  if (figure.kind !== 'quantity') return null
  const about = bigrams(claim.replace(figure.printed, ' '))
  const measured = clauses.flatMap((part) => {
    const { clause, sentence } = part
    return (
      // Figures in a document's title count nothing.
      figures(clause.replaceAll(/《[^》]*》/gu, (title) => ' '.repeat(title.length)))
        .filter((f) => f.kind === 'quantity' && comparable(f.unit, figure.unit))
        .map((f) => {
          const shared = overlap(about, bigrams(clause.replace(f.printed, ' ')))
          return {
            part,
            figure: f,
            exact: f.kind === 'quantity' && f.unit === figure.unit,
            shared: shared + overlap(about, bigrams(sentence)) * AROUND,
          }
        })
    )
  })
  const exact = measured.filter((m) => m.exact)
  const found = exact.length > 0 ? exact : measured
  const most = Math.max(0, ...found.map(({ shared }) => shared))
  if (most < 1.5) return null
  const closest = found.filter(({ shared }) => shared === most)
  const same = closest.find((f) => compareFigures(figure, f.figure) === 'same')
  if (same) {
    const { clause } = same.part
    return isFormer(clause, same.figure) || otherLevel(claim, clause) ? same.part : 'agrees'
  }
  const differ = closest.every((f) => compareFigures(figure, f.figure) !== 'same')
  return differ ? closest[0]!.part : null
}

/** A span of days is claimed loosely; a paper may print working days. */
function comparable(a: string, b: string): boolean {
  const loose = (unit: string) => (unit === '工作日' ? '天' : unit)
  return sameUnit(loose(a), loose(b))
}

/** 由原来的4个环节减至现在的3个环节: the first figure is what was. */
function isFormer(clause: string, { start, end }: Figure): boolean {
  return (
    /(?:由|从)(?:原来|原先|过去|原|以前)?的?$/u.test(clause.slice(0, start)) &&
    /[至到为]/u.test(clause.slice(end))
  )
}

/** Words of which a thing has one: a figure of the one is not a figure of the other. */
const LEVELS = [
  ['国家级', '省级', '市级', '县级'],
  ['全国', '全省', '全市', '全县'],
  ['专利', '商标'],
]

function otherLevel(claim: string, clause: string): boolean {
  return LEVELS.some((level) => {
    const claimed = level.filter((word) => claim.includes(word))
    const printed = level.filter((word) => clause.includes(word))
    return (
      claimed.length > 0 && printed.length > 0 && !claimed.some((word) => printed.includes(word))
    )
  })
}

const DONE =
  /全部|全都|(?:已经?|就|都)(?:完工|建成|完成|竣工|投产|结束|通车|投用)|(?:投产|建成|投用|竣工)了|完工|干完|建完/u
const UNDONE = /正在|预计|尚未|将于|计划|未能|进入.{0,8}(?:阶段|施工)/u
const FIRST = /第一|首位|最[多高大强快]|领先|数一数二/u
const LAST = /仅[超高]过?|落后|末位|倒数|最低|望尘莫及|低于|不足/u

function judgeWords(claim: string, clauses: readonly Clause[]): Clause | null {
  const about = bigrams(claim)
  const [closest] = clauses
    .map((part) => ({ part, shared: overlap(about, bigrams(part.clause)) }))
    .toSorted((a, b) => b.shared - a.shared)
  if (!closest || closest.shared < 2) return null
  if (DONE.test(claim)) return clauses.find(({ clause }) => unfinished(clause)) ?? null
  if (FIRST.test(claim) && LAST.test(closest.part.clause)) return closest.part
  const denied = clauses.find(({ clause }) => denies(clause, about))
  return denied && negations(claim).length === 0 ? denied : null
}

/** How far it has come, where the articles say so. */
function firstShare(near: readonly Scored[]): Stretch | null {
  for (const { candidate } of near) {
    const found = clausesOf(candidate.text).find(({ clause }) => isPartly(clause))
    if (found) return within(candidate, found)
  }
  return null
}

function isPartly(clause: string): boolean {
  const share = /完成[^，。]{0,10}?(\d+(?:\.\d+)?)\s?%/u.exec(clause)?.[1]
  return share !== undefined && Number(share) < 100
}

function unfinished(clause: string): boolean {
  return isPartly(clause) || UNDONE.test(clause)
}

/** A clause whose negation is of what was claimed: 无一笔呆账坏账 against 有好几笔坏账. */
function denies(clause: string, about: ReadonlySet<string>): boolean {
  return negations(clause).some((cue) => overlap(about, bigrams(clause.slice(cue.end))) > 0)
}

const HAVING = /进了|入选了?|上了?榜|获得了|拿到了|评上|当上|建成了|通过了|成了/u
const HAVING_NOT = /未能|没有(?!抵押|担保)|尚无|空白|落选|未被|未入选|无一/u
const TITLED =
  /(?<name>\p{Script=Han}{2,3})(?<title>代表|委员|局长|市长|县长|书记|主任|科长|院长|行长|董事长)/u

/** What an open question takes for granted: that it was achieved, that this person said it. */
function presupposed(question: string, near: readonly Scored[]): Stretch | null {
  const [top] = near
  if (top && HAVING.test(question) && negations(question).length === 0) {
    const about = bigrams(question)
    const clauses = clausesOf(top.candidate.text)
    const denied = clauses.find(({ clause }) => HAVING_NOT.test(clause))
    const speaks = overlap(about, bigrams(top.candidate.text)) >= 3
    if (denied && speaks) return within(top.candidate, denied)
  }
  return null
}

/**
 * Who is said to have said it, when the articles say it of someone else with the same title: the words
 * that introduce what was chosen name another. `all` are the articles' candidates in reading order.
 */
export function otherPerson(
  question: string,
  chosen: readonly Scored[],
  all: readonly Candidate[],
): Stretch | null {
  const { name, title } = TITLED.exec(question)?.groups ?? {}
  if (!name || !title || /[哪这那几各某多本市县区位名个的]/u.test(name)) return null
  const about = bigrams(question.replace(`${name}${title}`, ' '))
  const introduced = chosen.flatMap((s) => {
    const at = introductionOf(s.candidate, title, all)
    if (!at) return []
    const words = at.passage.text.slice(at.start, at.end)
    const shared = overlap(about, bigrams(words)) + overlap(about, bigrams(s.candidate.text))
    return [{ at, words, shared }]
  })
  const [most] = introduced.toSorted((a, b) => b.shared - a.shared)
  return most && most.shared > 0 && !most.words.includes(name) ? most.at : null
}

/** The nearest words at or before a candidate, in its article, that say who of this title said it. */
function introductionOf(
  candidate: Candidate,
  title: string,
  all: readonly Candidate[],
): Stretch | null {
  const says = new RegExp(`\\p{Script=Han}{2,3}${title}(?:提出|建议|介绍|表示|指出|说|认为)`, 'u')
  const before = all.filter(
    (c) => c.passage.articleId === candidate.passage.articleId && c.n <= candidate.n,
  )
  const introducing = before.findLast(({ text }) => says.test(text))
  if (!introducing) return null
  const { text } = introducing
  const match = says.exec(text)!
  const from =
    Math.max(text.lastIndexOf('。', match.index), text.lastIndexOf('；', match.index)) + 1
  return within(introducing, { start: from, end: match.index + match[0].length })
}

/** A clause where it stands in a candidate's text. */
interface Clause extends Span {
  readonly clause: string
  /** The part between full stops and semicolons that it stands in. */
  readonly sentence: string
}

function clausesOf(text: string): Clause[] {
  return parted(text, /[。；？！;!?]/gu).flatMap(({ start, clause: sentence }) =>
    parted(sentence, /[，：:]|,(?!\d{3})/gu, start)
      .flatMap(enumerated)
      .map((part) => ({ ...part, sentence })),
  )
}

type Part = Omit<Clause, 'sentence'>

/** What stands between marks, without the white space around it; `offset` is where the text stands. */
function parted(text: string, marks: RegExp, offset = 0): Part[] {
  const found = [...text.matchAll(marks)]
  const starts = [0, ...found.map(({ index, 0: mark }) => index + mark.length)]
  return starts.flatMap((from, i) => {
    const part = text.slice(from, found[i]?.index)
    const clause = part.trim()
    const start = offset + from + part.indexOf(clause)
    return clause ? [{ clause, start, end: start + clause.length }] : []
  })
}

/** An enumeration of figures has one thing in each part. */
function enumerated(whole: Part): Part[] {
  const parts = parted(whole.clause, /、/gu, whole.start)
  return parts.length > 1 && parts.every(({ clause }) => figures(clause).length > 0)
    ? parts
    : [whole]
}
