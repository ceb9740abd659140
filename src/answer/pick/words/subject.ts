import { thingsIn } from '../../../language/part-of-speech.ts'
import { normalize, termsOf } from '../../../retrieval/tokens.ts'
import type { WeighedUnit } from '../../../retrieval/weigh.ts'

/** A word, and the pairs of letters it is made of. */
export interface Word {
  readonly text: string
  readonly parts: readonly string[]
}

/** A word of a question or a pair of its letters, normalized, and what else would say the same. */
export interface SubjectTerm extends Word {
  /** Where it stands in the normalized question, -1 when it is of an earlier one. */
  readonly at: number
  /** What it counts for: a rare one more, a question word next to nothing. */
  readonly weight: number
  readonly others: readonly Word[]
  /** A word for a thing that stands nowhere, neither it nor another word for it. */
  readonly unknown: boolean
}

/** What a question is about. */
export interface Subject {
  /** Normalized; without the turns before it. */
  readonly question: string
  readonly terms: readonly SubjectTerm[]
}

/** A pair of letters counted as rarer than this tells no more. */
const RAREST = 6
/** What a word that stands nowhere is worth: less than one that could be found. */
const UNKNOWN = 1.6
/** A number of two digits and more: who names it means that very one. */
const FIGURE = 1.5
/** A letter alone, beside a pair. */
const ALONE = 0.25
/** Letters across two words that the dictionary knows: there by chance, beside those within one. */
const CHANCE = 0.15
const ACROSS = 0.8

/** Letters that belong to no word on either side. */
const PARTICLE = /[的了是在有都也就把那这吗呢吧呀么着给让里]/u

/** Doing, not a thing: whether it was printed in these words says little. */
const VERBAL = /[了过到成着出]$|^[还不没最更太再又就才也都改能可想要被站]|[吗呢吧啊]/u
/** Words of time and measure, and of asking, that dictionaries list and papers need not print. */
const LOOSE =
  /^(?:时候|以后|之后|以前|现在|里头|外头|一遍|一趟|一回|一次|两百|七百|四十|八成|一起|有没|怎么|到底|别的|这边|那边|咱们|他们|我们|答应|提到|觉得|职务|职位|身份|岗位|地址|位置|路口|手机|电话|价格|名字|姓名|乡镇|金额|比例|数量|面积|消息|写到)$/u

/** 收了, 编过, 占到: the verb's own letter is what an article would have. */
const VERB = /^(\p{Script=Han})[了过到]$/u
const VERB_ALONE = 1
/** What only frames a question or fills it; what stands for whom or what is asked. */
const LIGHT =
  /已经|全部|一共|总共|目前|现在|这边|那边|里边|里头|进去|出来|起来|上去|出去|下去|下来|上来|过去|加起来|真正|后面|前面|往里|一家|报上|老百姓|完约|[一二两三四五六七八九十百千]{2,}|还是|一次|一起|一块|一趟|一年|每年|分别|时候|地方|暂时|[提讲写说]到|的话|这些|那些|别的|另外|比较|左右|到底|具体|一般|主要|可以|需要|应该|有关|关于|相关|情况|方面|一下|东西|自己|客户自己|有人|人家/gu
const ASKS = /^[哪谁啥咋几]|^什么|^多少|^怎么|何时|为何/u
const LIGHTLY = 0.25
const ASKING = 0.3

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' })

/** A question's units as an answer weighs them. */
export function subjectOf(question: string, units: readonly WeighedUnit[]): Subject {
  const normal = normalize(question)
  const words = wordsOf(normal)
  const things = thingsIn(normal)
  const lights = [...normal.matchAll(LIGHT)].map(
    ({ index, 0: word }) => [index, index + word.length] as const,
  )
  const isLight = (at: number, length: number) =>
    length <= 2 && lights.some(([start, end]) => at < end && start < at + length)
  const named = units.filter(({ known, text }) => known && text.length > 2)
  const terms = units.flatMap((unit): SubjectTerm[] => {
    const at = unit.from === 'question' ? normal.indexOf(unit.text) : -1
    const term = { text: unit.text, parts: termsOf(unit.text), others: unit.others.map(wordOf), at }
    const single = unit.text.length === 1 && !/\d/.test(unit.text)
    const place = at < 0 ? 'within' : standing(words, at, at + unit.text.length)
    const light = (at < 0 ? unit.text.replaceAll(LIGHT, '') === '' : isLight(at, unit.text.length))
      ? LIGHTLY
      : ASKS.test(unit.text)
        ? ASKING
        : 1
    const verb = place === 'within' && at >= 0 ? VERB.exec(unit.text)?.[1] : undefined
    if (verb) return [{ ...term, text: verb, parts: [verb], weight: VERB_ALONE, unknown: false }]
    if (unit.known) {
      const rarity = Math.min(unit.mass, RAREST * term.parts.length * unit.weight) * light
      const share = single
        ? ALONE
        : place === 'chance' || (place === 'across' && PARTICLE.test(unit.text))
          ? CHANCE
          : place === 'across'
            ? ACROSS
            : 1
      const figure = /^\d{2,}$/.test(unit.text) ? FIGURE : 1
      return [{ ...term, weight: rarity * share * figure, unknown: false }]
    }
    // Letters that stand nowhere tell something only when they are a word, and no part of another.
    const partOfKnown = named.some(({ text }) => overlaps(normal, text, at, at + unit.text.length))
    if (place !== 'within' || partOfKnown || at < 0 || light < 1) return []
    const thing =
      unit.weight > 0.7 &&
      !single &&
      !VERBAL.test(unit.text) &&
      !LOOSE.test(unit.text) &&
      things.some(({ start, end }) => start <= at && at + unit.text.length <= end)
    return thing ? [{ ...term, weight: UNKNOWN * unit.weight, unknown: true }] : []
  })
  return {
    question: normal,
    terms: [...terms, ...levelsIn(normal), ...periodsIn(normal), ...squeezedIn(normal)],
  }
}

/** 跟省里比, 市里奖: papers write 全省 and 全市. */
function levelsIn(question: string): SubjectTerm[] {
  return [...question.matchAll(/([国省市县])(?:里|上|家)(?!的?面)/gu)].map(
    ({ index, 1: level = '' }) => ({
      ...wordOf(level === '国' ? '全国' : `全${level}`),
      at: index,
      weight: LEVEL,
      others: [wordOf(level === '国' ? '国家' : `${level}级`), wordOf(`${level}财政`)],
      unknown: false,
    }),
  )
}

const LEVEL = 2
const PERIOD = 4
const SQUEEZED = 1.5

/** 1到5月 is printed 1至5月, 1—5月, 前5个月. */
function periodsIn(question: string): SubjectTerm[] {
  return [...question.matchAll(/(\d{1,2})月?[到至\-—~](\d{1,2})月/gu)].map(
    ({ index, 1: a = '', 2: b = '' }) => ({
      ...wordOf(`${a}至${b}月`),
      at: index,
      weight: PERIOD,
      others: [
        `${a}-${b}月`,
        `${a}—${b}月`,
        `${a}到${b}月`,
        ...(a === '1' ? [`前${b}个月`] : []),
      ].map(wordOf),
      unknown: false,
    }),
  )
}

/** 建的市, 贷了款: a paper joins the letters that a particle parts. */
function squeezedIn(question: string): SubjectTerm[] {
  return [...question.matchAll(/(?<=\p{Script=Han})[的了](?=\p{Script=Han})/gu)].flatMap(
    ({ index }) => {
      const joined = `${question[index - 1]}${question[index + 1]}`
      return /[\s谁哪几多什么那这是有没不我你他个]/u.test(joined)
        ? []
        : [{ ...wordOf(joined), at: index - 1, weight: SQUEEZED, others: [], unknown: false }]
    },
  )
}

function wordOf(text: string): Word {
  return { text, parts: termsOf(text) }
}

function overlaps(text: string, word: string, start: number, end: number): boolean {
  const at = text.indexOf(word)
  return at >= 0 && at < end && start < at + word.length
}

interface Segment {
  readonly start: number
  readonly end: number
}

function wordsOf(text: string): Segment[] {
  return [...segmenter.segment(text)]
    .filter(({ isWordLike }) => isWordLike)
    .map(({ index, segment }) => ({ start: index, end: index + segment.length }))
}

/** Whether a short stretch lies within a word, across words one of which is a letter, or across two by chance. */
function standing(
  words: readonly Segment[],
  start: number,
  end: number,
): 'within' | 'across' | 'chance' {
  if (end - start > 2) return 'within'
  const touched = words.filter((word) => word.start < end && start < word.end)
  if (touched.length < 2) return 'within'
  return touched.every((word) => word.end - word.start > 1) ? 'chance' : 'across'
}
