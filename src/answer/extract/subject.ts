import type { Frequencies, WeightedTerm } from '../../retrieval/passage-index.ts'
import { normalize, termsOf } from '../../retrieval/tokens.ts'

/**
 * Frames in which people ask, and interrogatives: an article need not have these words to answer.
 */
const FRAMES =
  /请问|麻烦|帮我|给我|告诉我|我想(?:知道|问问?)?|想问问?|问一下|说一下|讲一?讲|详细|听说|据说|好像|我看(?:到|有)?|看到|到底|究竟|其实|另外|还有|以及|目前|现在|如今|最近|如果|要是|的话|领导要个?数?|(?:给个)?准数|(?:以哪个)?为准|懵了|搞不清|不清楚|(?:在|从)?(?:这|那)(?:些|几[篇张份个家])?(?:报道|报纸|文章|材料|报告|稿子|资料)?(?:里|中|上)?(?:头|面)?|报道|那[篇份](?:稿子|报告|文章)?|那次|那个|那种|这种|(?:都)?(?:出现|提到过?|讲到过?|写到过?|说到过?)(?:在)?|哪[一两几]?[些个种家位篇张份天年里儿]?|什么(?:时候|时间|地方|样|意思)?|啥(?:时候|地方|样|意思)?|怎么(?:样|办|弄|回事|搞)?|咋(?:办|弄|样|回事)?|如何|多少(?:[家个件人钱名项位户元条张篇亿]|万(?!元))?|多(?:大|高|长|久|远)|几[家个件人项位名种样天年月号篇次条级成块]?|为什么|为啥|是不是|有没有|能不能|可不可以|要不要|行不行|对不对|会不会|给不给|是吧|对吧|没错吧?|对吗|是吗|来着|写的|写了|列一下|列给|可以|可不|一下|一共|总共|合计|大概|大约|差不多|名来着/gu

/** Words of the asker that carry no content on their own. */
const EMPTY = new Set(
  '的 了 着 过 吗 呢 吧 呀 啊 哪 嘛 么 是 和 跟 与 及 在 有 也 都 就 又 还 再 才 把 被 给 让 向 往 从 到 这 那 我 你 您 他 她 它 我们 你们 他们 她们 它们 咱 咱们 俺 自己 谁 啥 咋 要 想 会 能 可 得 地 没 没有 不 很 太 挺 最 更 比 干 弄 搞 靠 用 去 来 说 讲 问 看 个 里 上 下 中 里面 已经 已 先 先后 之前 以后 以前 或者 或 而 并 所 为 对 于 由 等 吃 一 做 打 找 只 还是 因为 所以 但是 每 各 另 某 其 该 此 请 些 多 少 不是 可能 应该 觉得 时候 事 事情 东西 那么 这么 那些 这些 那儿 这儿 那样 这样 一个 一些 能够 需要 知道 什么 怎么'.split(
    ' ',
  ),
)

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' })

/** What a question is about: its own words weighed by how rare they are, and what else may stand for them. */
export interface Subject {
  /** Terms of the asker's own words, and what each is worth; a rare one counts for more. */
  readonly own: ReadonlyMap<string, number>
  /** Terms that may stand for them: synonyms, what a follow-up inherits. */
  readonly other: ReadonlyMap<string, number>
  /** The sum of `own`. */
  readonly total: number
  /** Own words of two characters and more that stand nowhere in the corpus. */
  readonly unknown: readonly string[]
}

/** The words of a question that say what it is about, in order, as a dictionary parts them. */
export function aboutWords(question: string): string[] {
  const plain = normalize(question).replaceAll(FRAMES, ' ')
  return [...segmenter.segment(plain)]
    .filter(({ segment, isWordLike }) => isWordLike && !EMPTY.has(segment))
    .map(({ segment }) => segment)
}

/** The terms of a question's own words: each word's, and those across words that stand side by side. */
function ownTerms(question: string): { within: Set<string>; across: Set<string> } {
  const plain = normalize(question).replaceAll(FRAMES, ' ')
  const within = new Set(aboutWords(question).flatMap((word) => termsOf(word)))
  const across = new Set(
    plain
      .split(/[^\p{L}\p{N}%.]+/u)
      .flatMap((run) => termsOf(run))
      .filter((term) => !within.has(term)),
  )
  return { within, across }
}

/** The terms to look up before `subjectOf`. */
export function subjectTerms(question: string, expanded: readonly WeightedTerm[]): string[] {
  const { within, across } = ownTerms(question)
  return [...new Set([...within, ...across, ...expanded.map(({ term }) => term)])]
}

/** What a pair of characters across two words is worth, beside one within a word. */
const ACROSS = 0.8
/** What a character alone is worth, beside a pair. */
const ALONE = 0.3

/** Weighs a question's terms by inverse document frequency. */
export function subjectOf(
  question: string,
  expanded: readonly WeightedTerm[],
  { passages, of }: Frequencies,
): Subject {
  const { within, across } = ownTerms(question)
  const found = (term: string) => of.get(term) ?? 0
  const idf = (term: string) => Math.log(1 + (passages + 0.5) / (found(term) + 0.5))
  const own = new Map<string, number>()
  for (const term of within) own.set(term, idf(term) * (/^\p{Script=Han}$/u.test(term) ? ALONE : 1))
  for (const term of across) {
    if (found(term) > 0 && term.length > 1) own.set(term, idf(term) * ACROSS)
  }
  const other = new Map(
    expanded
      .filter(({ term, weight }) => !own.has(term) && weight < 1 && found(term) > 0)
      .map(({ term, weight }) => [term, idf(term) * weight]),
  )
  return {
    own,
    other,
    total: [...own.values()].reduce((sum, weight) => sum + weight, 0),
    unknown: [...within].filter((term) => term.length > 1 && found(term) === 0),
  }
}
