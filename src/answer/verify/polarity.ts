import { clauses } from './clauses.ts'
import type { Clause } from './clauses.ts'
import { bigrams, contentCharacters, overlap } from './content.ts'
import { fold } from './fold.ts'

/** What a negation does: says no, spares, forbids, ends, or leaves out. */
type Class = 'not' | 'spared' | 'forbidden' | 'stopped'

export interface Cue {
  readonly cls: Class
  readonly start: number
  readonly end: number
}

export interface PolarityProblem {
  readonly kind:
    | 'negation'
    | 'exception'
    | 'plan'
    | 'direction'
    | 'restriction'
    | 'obligation'
    | 'extent'
  /** In English, for the log and for asking again. */
  readonly detail: string
}

/** Negated twice is said: 不得不, 无不. They and bounds of figures (不超过) are read past. */
const AFFIRMATIVE =
  /不得不|不能不|不可不|不会不|不是不|没有不|无不|莫不|未尝不|并非不|不无|无非|不可或缺|不可分割|不可替代|必不可少|缺一不可|不遗余力|不懈|不失时机|不约而同|不胜枚举|势不可挡|不(?=超过|高于|低于|少于|多于|大于|小于|足|到\d|满\d)|不影响|不耽误|不妨碍|不仅|不但|不光|不只|不单|不少|不断|不久|不时|不惜|不同|不等|不锈|不动产|不良|不论|不管|不乏|不愧|不妨|不禁|不料|不凡|不菲|不已|不负|不忘|不一|是不是|能不能|可不可|要不要|用不用|有没有|非常|非公|非营利|非遗|非洲|非凡|非涉密|非物质|非法|非税|非机动|未来|无线|无人机|无形|无缝|无忧|无障碍|无纺|无机|无烟|无数|无疑|无论|无比|无私|无微不至|无限|无极|无刷|无锡|无为|无缘无故|无缝|避免|难免|以免|未免|免疫|没收|沉没|淹没|停车|停留|停放|调停|否则|能否|是否|可否|与否|禁毒|清零|零售|零件|零部件|零碳|零工|零散|零距离|零突破|从零|归零|零的突破|"零"的突破|取消费/gu

const CUES: readonly (readonly [Class, RegExp])[] = [
  [
    'spared',
    /无需|无须|毋需|毋须|不需要|不需|不用|不必|不须|免除|免收|免交|免缴|免征|免于|免去|减免|豁免|免费|免(?![除收交缴征于去费])|零(?=[\p{Script=Han}])/gu,
  ],
  ['forbidden', /不得|不准|不许|不允许|严禁|禁止|杜绝|不可以|不可|切勿|请勿|勿/gu],
  ['stopped', /停止|暂停|停办|停发|停产|停工|中止|终止|取消|废止|撤销|关停|叫停|失效|作废/gu],
  [
    'not',
    /没有|没|未能|并未|尚未|从未|未|并非|不再|不能|不会|不是|不|无法|无|非(?=[\p{Script=Han}])|难以|拒绝|缺乏|尚属空白/gu,
  ],
]

const blank = (word: string) => '□'.repeat(word.length)

/** The negations of a text, in order; words that only look like one are read past. */
export function negations(text: string): Cue[] {
  let rest = text.replaceAll(AFFIRMATIVE, blank)
  const found: Cue[] = []
  for (const [cls, pattern] of CUES) {
    for (const { 0: word, index } of rest.matchAll(pattern)) {
      found.push({ cls, start: index, end: index + word.length })
    }
    rest = rest.replaceAll(pattern, blank)
  }
  return found.toSorted((a, b) => a.start - b.start)
}

/** A clause with its negations, all offsets within the clause. */
interface Read {
  readonly text: string
  readonly cues: readonly Cue[]
  readonly grams: ReadonlySet<string>
}

/**
 * Holds a text's negations, plans, directions, restrictions and extents against the words it rests on.
 * `asked` is what a correction may deny: the question's own words.
 */
export function checkPolarity(
  statement: string,
  evidence: readonly string[],
  asked = '',
): PolarityProblem[] {
  const said = read(statement)
  const printed = evidence.flatMap((text) => read(text))
  return [
    ...spliced(statement, evidence),
    ...negationLost(said, printed),
    ...negationGained(said, printed, asked),
    ...exceptions(statement, evidence),
    ...plans(statement, evidence),
    ...directions(statement, evidence),
    ...words(statement, evidence, asked),
  ]
}

function read(text: string): Read[] {
  const folded = fold(text).text
  return clauses(folded).map((clause) => ({
    text: clause.text,
    cues: negations(clause.text),
    grams: bigrams(clause.text),
  }))
}

/** Two negations side by side say yes: 不是免费, 并非无需. */
function denies({ cues, text }: Read): boolean {
  if (cues.length === 0) return false
  const chained = cues.filter((cue, i) => {
    const next = cues[i + 1]
    return next !== undefined && /^[是要说]?$/u.test(text.slice(cue.end, next.start))
  }).length
  return chained % 2 === 0
}

/** So many letters around a negation are looked for without it. */
const SEAM = 4

/** One of both prints the words around a negation side by side: 了解不透, 了解透. */
function spliced(statement: string, evidence: readonly string[]): PolarityProblem[] {
  const said = fold(statement).text
  const printed = fold(evidence.join('\n')).text
  const without = (text: string, other: string) =>
    negations(text).find(({ start, end }) => {
      const before = /\p{L}{0,2}$/u.exec(text.slice(0, start))?.[0] ?? ''
      const after = /^\p{L}{0,4}/u.exec(text.slice(end))?.[0].slice(0, SEAM - before.length) ?? ''
      const seam = before + after
      return (
        seam.length >= 3 &&
        affirms(other, seam) &&
        !denied(other, before, after) &&
        !affirms(text.replaceAll(before + text.slice(start, end) + after, ''), seam)
      )
    })
  const cue = without(printed, said) ?? without(said, printed)
  return cue
    ? [
        {
          kind: 'negation',
          detail: 'the same words stand with a negation in one, without it in the other',
        },
      ]
    : []
}

/** Whether a text has these words on both sides of a negation. */
function denied(text: string, before: string, after: string): boolean {
  return negations(text).some(
    ({ start, end }) => text.slice(0, start).endsWith(before) && text.startsWith(after, end),
  )
}

/** Whether words stand in a text somewhere right after no negation. */
function affirms(text: string, said: string): boolean {
  const ends = new Set(negations(text).map((cue) => cue.end))
  for (let at = text.indexOf(said); at >= 0; at = text.indexOf(said, at + 1)) {
    if (!ends.has(at)) return true
  }
  return false
}

/** What the evidence denies, the statement says as if it were so. */
function negationLost(said: readonly Read[], printed: readonly Read[]): PolarityProblem[] {
  const affirmed = new Set(
    printed.filter((clause) => !denies(clause)).flatMap((clause) => [...clause.grams]),
  )
  const before = new Set(
    printed.flatMap((clause) => {
      const [first] = clause.cues
      return first && denies(clause) ? [...bigrams(clause.text.slice(0, first.start))] : []
    }),
  )
  const found: PolarityProblem[] = []
  for (const clause of printed.filter(denies)) {
    for (const cue of clause.cues) {
      const scope = scopeOf(clause, cue)
      const only = new Set([...bigrams(scope)].filter((g) => !affirmed.has(g) && !before.has(g)))
      const head = [...bigrams(scope.slice(0, 4))].filter((g) => only.has(g))
      const lost = said.find((s) => {
        if (denies(s)) return false
        const shared = overlap(only, s.grams)
        return (
          (head[0] !== undefined && s.grams.has(head[0])) ||
          shared >= 2 ||
          (shared > 0 && only.size <= SHORT_SCOPE)
        )
      })
      if (lost) {
        found.push({
          kind: 'negation',
          detail: `the quote says "${clause.text.slice(cue.start, cue.end)}${scope}", the text says it without the negation: "${lost.text}"`,
        })
      }
    }
  }
  return found
}

/** What the text denies, the evidence does not deny. */
function negationGained(
  said: readonly Read[],
  printed: readonly Read[],
  asked: string,
): PolarityProblem[] {
  const questioned = bigrams(asked)
  return said
    .filter((clause) => clause.cues.length > 0)
    .flatMap((clause) =>
      clause.cues.flatMap((cue) => {
        const backed = printed.some((p) =>
          p.cues.some((c) => agrees(cue.cls, c.cls) && sameScope(clause, cue, p, c)),
        )
        if (backed) return []
        // A correction denies what was asked: 不是要交费.
        const corrects = cue.cls === 'not' && asked !== '' && overlap(clause.grams, questioned) > 0
        if (corrects) return []
        return [
          {
            kind: 'negation' as const,
            detail: `"${clause.text}" denies something that no quote denies`,
          },
        ]
      }),
    )
}

/** Being spared a thing and being forbidden it are two things; else a negation may be worded as another. */
function agrees(a: Class, b: Class): boolean {
  return !(a === 'spared' && b === 'forbidden') && !(a === 'forbidden' && b === 'spared')
}

/** Two negations deny the same thing: their scopes share a word, or half their characters when worded anew. */
function sameScope(clause: Read, cue: Cue, printed: Read, by: Cue): boolean {
  const mine = scopeOf(clause, cue)
  const theirs = scopeOf(printed, by)
  // 没有，…: the answer to the question in one word, borne out by whatever is denied.
  if (clause.text.length === cue.end - cue.start) return true
  const said = bigrams(mine).size > 0 ? mine : clause.text
  const meant = bigrams(theirs).size > 1 ? theirs : printed.text
  if (overlap(bigrams(said), bigrams(meant)) > 0) return true
  const characters = [...new Set(contentCharacters(said))].filter((c) => /\p{Script=Han}/u.test(c))
  const shared = characters.filter((c) => meant.includes(c)).length
  return shared >= 2 && shared * 2 >= characters.length
}

/** A shorter scope is lost with any of its words, a longer one with two. */
const SHORT_SCOPE = 5

/** What a negation covers: the rest of its clause, up to the next negation. */
function scopeOf({ text, cues }: Read, cue: Cue): string {
  const next = cues.find((c) => c.start >= cue.end)
  const rest = text.slice(cue.end, next && next.start > cue.end + 1 ? next.start : text.length)
  return rest.split('、')[0] ?? ''
}

const EXCEPTION =
  /除(?!了?[^，。；]{0,20}[，,][^，。；]{0,12}(?:也|还|又|同时))了?(?!尘|草|夕|险|此之)[^，。；]{1,20}?(?:之外|以外|外)?(?=[，,]|都|均|一律)/u

function exceptions(statement: string, evidence: readonly string[]): PolarityProblem[] {
  const inEvidence = evidence.some((e) => EXCEPTION.test(e))
  const inStatement = /除|以外|之外|例外|不含|不包括/.test(statement)
  if (inEvidence && !inStatement && /都|均|一律|全部|所有|皆/.test(statement)) {
    return [
      {
        kind: 'exception',
        detail: 'the quote makes an exception (除…外) that the text leaves out',
      },
    ]
  }
  const gained = EXCEPTION.test(statement) || /除外|例外|不含|不包括/u.test(statement)
  if (gained && !evidence.some((e) => /除(?!了?尘|草|夕|险)|以外|之外|例外|不含|不包括/u.test(e))) {
    return [{ kind: 'exception', detail: 'the text makes an exception that no quote makes' }]
  }
  return []
}

/** 将 that means a plan; 将 that only takes an object (将…纳入) is read past. */
const TAKES_OBJECT =
  /将(?=[^，。；]{1,24}(?:纳入|列入|列为|作为|视为|转化为|转变为|变为|变成|打造成|打造为|建成|用于|延长|移交|布局|推向|置于|引入|带到|送到|摆在))/gu
const PLANNED =
  /即将|必将|将(?=[于在会要继进不全利充成形实达建投新按有开推以通优逐坚重统持加大力与同为给从着扩提组启完举召出发迎获由积努对])|拟(?![人定])|计划(?!生育|单列|体系|》)|预计|力争|有望|争取|下一步|今后|打算|筹备|谋划|目标[是为]|到20\d\d年|明年|年底前|建议|应(?=[在当进加按以])|要(?=[抓加推充发深坚以])/u
/** What opens a sentence about what is to come, to its end. */
const OPENS_PLAN = /(?:^|[，,：:“"])(?:下一步|今后|未来|接下来|明年|下半年|下阶段)/u
const UNDERWAY = /正在|在建|尚未|未投入使用|抓紧/u
const DONE = /已经|已(?!成为常态)|建成|建立了|完成|投产|投用|竣工|落地|实现了|达到了|设立了|出台了/u

function plans(statement: string, evidence: readonly string[]): PolarityProblem[] {
  const printed = placed(evidence)
  return clauses(statement).flatMap((clause) => {
    const grams = bigrams(clause.text)
    const best = closest(grams, printed)
    if (!best || best.shared < 2 || best.shared * 3 < grams.size) return []
    const before = best.clause.of.slice(best.clause.sentence.start, best.clause.start)
    const around = statement.slice(clause.sentence.start, clause.sentence.end)
    const isPlan =
      planned(best.clause.text) ||
      OPENS_PLAN.test(before) ||
      (/^(?:并|再|还|逐步)/u.test(best.clause.text) && planned(before))
    if (
      isPlan &&
      !planned(around) &&
      !(DONE.test(best.clause.text) && !planned(best.clause.text))
    ) {
      return [
        {
          kind: 'plan' as const,
          detail: `the quote only plans it: "${before}${best.clause.text}"`,
        },
      ]
    }
    if (
      planned(best.clause.text) &&
      /已经?(?!知)/u.test(clause.text) &&
      !/已/u.test(best.clause.text)
    ) {
      return [{ kind: 'plan' as const, detail: `the quote only plans it: "${best.clause.text}"` }]
    }
    if (
      !isPlan &&
      planned(clause.text) &&
      DONE.test(best.clause.text) &&
      !planned(best.clause.of)
    ) {
      return [{ kind: 'plan' as const, detail: `the quote says it is done: "${best.clause.text}"` }]
    }
    if (
      UNDERWAY.test(best.clause.text) &&
      DONE.test(clause.text) &&
      !DONE.test(best.clause.text) &&
      !UNDERWAY.test(clause.text)
    ) {
      return [
        { kind: 'plan' as const, detail: `the quote says it is under way: "${best.clause.text}"` },
      ]
    }
    return []
  })
}

const planned = (text: string) => PLANNED.test(text.replaceAll(TAKES_OBJECT, '把'))

type Placed = Clause & { readonly of: string; readonly grams: ReadonlySet<string> }

function placed(evidence: readonly string[]): Placed[] {
  return evidence.flatMap((text) =>
    clauses(text).map((clause) => ({ ...clause, of: text, grams: bigrams(clause.text) })),
  )
}

function closest(grams: ReadonlySet<string>, among: readonly Placed[]) {
  let best: { clause: Placed; shared: number } | undefined
  for (const clause of among) {
    const shared = overlap(grams, clause.grams)
    if (shared > (best?.shared ?? 0)) best = { clause, shared }
  }
  return best
}

const UP =
  /增长|增加|上升|提高|提升|扩大|上涨|上调|新增|攀升|走高|回升|增至|升至|涨|增幅|增速|高出|高于|增|升|多出|多(?=\d)/u
const DOWN =
  /下降|减少|降低|下滑|回落|缩减|压缩|缩短|下跌|下调|减至|降至|跌|降幅|低于|减|降|少于|少(?=\d)/u

/** Each figure of the text goes the way it goes in the quote. */
function directions(statement: string, evidence: readonly string[]): PolarityProblem[] {
  const printed = evidence.flatMap((text) => clauses(fold(text).text).map((c) => c.text))
  return clauses(fold(statement).text).flatMap(({ text }) => {
    const way = wayOf(text)
    const numbers = text.match(/(?<![\d.])\d+(?:\.\d+)?/g) ?? []
    if (way === null || numbers.length === 0) return []
    const opposed = numbers.some((n) => {
      const same = printed.filter((p) =>
        new RegExp(`(?<![\\d.])${n.replace('.', '\\.')}(?![\\d.])`).test(p),
      )
      return (
        same.length > 0 &&
        same.every((p) => wayOf(p) !== null && wayOf(p) !== way && wayOf(p) !== 'both')
      )
    })
    return opposed
      ? [{ kind: 'direction' as const, detail: `"${text}" goes the other way than the quote` }]
      : []
  })
}

/** Whether a text speaks of more or of less, of both or of neither. */
export function wayOf(text: string): 'up' | 'down' | 'both' | null {
  const neutral = text.replaceAll(/增加值|增值|增速|降雨|减排|增量|升级|提升机|多元/gu, '')
  const up = UP.test(neutral)
  const down = DOWN.test(neutral)
  if (up && down) return 'both'
  return up ? 'up' : down ? 'down' : null
}

/** Words that may not be gained, and the words by which a quote may say the same. */
const GUARDED: readonly (readonly [PolarityProblem['kind'], RegExp, RegExp])[] = [
  [
    'restriction',
    /仅限|只限|限于|只能|只有|唯一|(?<!不)仅(?=[\p{Script=Han}\d])|只(?=对|面向|针对|给|支持|收)/u,
    /(?<!不)仅|(?<!不)只(?![要需])|限于|限制|唯一/u,
  ],
  [
    'obligation',
    /必须|务必|应当|须(?!知)|强制|不得/u,
    /必须|务必|应(?![对用急届收付])|须|(?<![需重主只想])要(?![求素点闻是件么])|(?<![只无不])需(?!求)|不得|严禁|强制|确保/u,
  ],
  [
    'extent',
    /全部|所有|一律|完全|全面|百分之百|任何|永久|(?<!延)长期/u,
    /全部|所有|一律|完全|全面|都|均|各|全|任何|每|永久|长期|凡|皆/u,
  ],
  [
    'plan',
    /已经?(?:全部|全面|基本)?(?:完成|建成|竣工|投产|投用)/u,
    /已|完成|建成|竣工|投产|投用|落地|成功|实现|率先|了/u,
  ],
  ['extent', /首[个家次批例创]|率先|第一[家个批]/u, /首|率先|第一|第1/u],
  ['extent', /最高(?!\d)/u, /最/u],
  ['extent', /最低(?!\d)/u, /最/u],
  ['extent', /最[大多长好快早](?!\d)/u, /最/u],
  ['extent', /最[小少短差慢晚](?!\d)/u, /最/u],
  ['extent', /国家级/u, /国家|全国/u],
  ['extent', /省级/u, /省/u],
  ['extent', /市级/u, /市/u],
  ['extent', /县级/u, /县|区/u],
  ['extent', /全国/u, /全国|国家|国内|中国/u],
  ['extent', /全省/u, /省/u],
  ['extent', /全球|世界/u, /全球|世界|国际/u],
]

/** Words of which one says the contrary of the other. */
const CONTRARIES: readonly (readonly [RegExp, RegExp])[] = [
  [
    /提高|提升|增加|扩大|上升|增长|上调|加快|新增/u,
    /降低|减少|下降|缩小|下滑|回落|下调|减缓|压缩|缩短/u,
  ],
  [/盈利|扭亏/u, /亏损/u],
  [/收费|付费|有偿|缴费|交费|收取/u, /免费|无偿|免收/u],
  [/自愿/u, /强制/u],
  [/允许|鼓励|支持/u, /禁止|严禁|不得|限制/u],
  [/最高|最多|最大|上限/u, /最低|最少|最小|下限/u],
  [/线上|网上|在线/u, /线下/u],
  [/领先/u, /落后/u],
  [/高于|超过/u, /低于|不足/u],
  [/延长|推迟/u, /缩短|提前/u],
  [/开放|开通|启用/u, /关闭|停用/u],
  [/有利/u, /不利/u],
  [/流入/u, /流出/u],
  [/顺差/u, /逆差/u],
  [/通过/u, /否决|驳回/u],
  [/公开/u, /保密/u],
  [/国有/u, /民营|私营/u],
]

function words(statement: string, evidence: readonly string[], asked: string): PolarityProblem[] {
  const printed = evidence.join('\n')
  const guarded = GUARDED.filter(
    ([, said, means]) => said.test(statement) && !means.test(printed) && !said.test(asked),
  ).map(([kind, said]) => ({ kind, detail: `no quote says "${said.exec(statement)?.[0]}"` }))
  return [...guarded, ...contraries(statement, evidence), ...hedges(statement, evidence)]
}

/** A clause says the contrary of the clause it comes from, or of all that is quoted. */
function contraries(statement: string, evidence: readonly string[]): PolarityProblem[] {
  const printed = evidence.join('\n')
  const both = CONTRARIES.flatMap(([a, b]) => [[a, b] as const, [b, a] as const])
  const against = (said: string, source: string) =>
    both.find(([mine, other]) => turned(said, mine, other) && turned(source, other, mine))
  const found =
    against(statement, printed) ??
    aligned(statement, evidence)
      .map(({ said, source }) => against(said, source))
      .find(Boolean)
  if (!found) return []
  const word = found[0].exec(statement)?.[0]
  return [
    {
      kind: 'direction',
      detail: `the text says "${word}", the quote "${found[1].exec(printed)?.[0]}"`,
    },
  ]
}

const turned = (text: string, mine: RegExp, other: RegExp) => mine.test(text) && !other.test(text)

/** What the quote says of most, the text says of all: 基本实现, 全面实现. */
function hedges(statement: string, evidence: readonly string[]): PolarityProblem[] {
  return aligned(statement, evidence)
    .filter(
      ({ said, source }) =>
        /全部|完全|全面|所有|一律|彻底/u.test(said) &&
        /基本(?!面|单|养|医|公|建设)|部分|大多|多数|初步|逐步|试点/u.test(source) &&
        !/基本|部分|大多|多数|初步|逐步|试点/u.test(said),
    )
    .map(({ said, source }) => ({
      kind: 'extent' as const,
      detail: `"${said}" goes beyond "${source}"`,
    }))
}

/** Each clause of the text beside the clause of the quotes that it shares most words with. */
function aligned(statement: string, evidence: readonly string[]) {
  const printed = placed(evidence)
  return clauses(statement).flatMap((clause) => {
    const grams = bigrams(clause.text)
    const best = closest(grams, printed)
    return best && best.shared >= 2 && best.shared * 3 >= grams.size
      ? [{ said: clause.text, source: best.clause.text }]
      : []
  })
}
