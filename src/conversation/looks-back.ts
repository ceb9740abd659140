import type { Turn } from '../corpus.ts'
import { findPlaces } from '../language/places.ts'
import { withoutChat } from '../retrieval/filler.ts'

/**
 * Words that point at what was said before, where a clause begins: 那要多久, 这笔钱, 其中; and 聊城呢.
 * Further in, 那个 often points at nothing but its own noun: 油田那个项目.
 */
const POINTS_BACK =
  /(?:^|[，,。；;？?！!])\s*(?:那(?!曲)|这|它|他|她|其中|还有|还要|另外|然后|接着|再|以后|之后|后来|具体|除此|为什么|为啥|所以|上面|上述|刚才|前面|同样)|呢[？?。]?$/

/** The papers themselves are always there to be pointed at. */
const THE_PAPERS =
  /[那这](?:些|几|个|本|份|张)?[篇期份]?(?:报道|文章|报纸|杂志|刊物|材料|资料|新闻)/g

/** What is asked of anything: it says nothing of the topic. */
const OF_ANYTHING =
  /申请|办理|办(?=[多哪什怎啥]|$)|流程|手续|材料|条件|要求|需要|满足|符合|资格|时间|期限|地点|地方|部门|窗口|单位|电话|费用|收费|标准|金额|额度|比例|名单|办法|报名|领取|咨询|准备|提交|对象|范围|最高|最低|最多|最少|多少钱?|几(?:个|家|天|年|条|项)|(?:19|20)\d\d年?|[今去明前]年|[一二三四五六七八九十\d]+月份?|[的地得了着过是在有和与及或由被把对为从到等也都就还要能给让吗呢]/g

/** A topic is rarely named in fewer characters. */
const NAMES_A_TOPIC = 4

/** Pairs of characters that most questions share, whatever they are about. */
const COMMON = new Set(
  '企业 公司 政策 项目 报道 全市 我市 咱市 政府 工作 问题 情况 发展 经济 产业 今年 去年 多少 什么 怎么'.split(
    ' ',
  ),
)

/**
 * Whether a question goes on from the turn before: it points back, names no topic of its own, or
 * takes up what was spoken of. Otherwise it begins anew, and what went before would only mislead.
 */
export function looksBack(question: string, before: Turn | undefined): boolean {
  if (!before) return false
  const asked = question.replace(THE_PAPERS, '').trim()
  if (POINTS_BACK.test(asked)) return true
  const own = topicOf(asked)
  if (own.replaceAll(' ', '').length < NAMES_A_TOPIC) return true
  const spoken = topicOf(before.question)
  return pairs(own).some((pair) => !COMMON.has(pair) && spoken.includes(pair))
}

/** What a question is about: without chat, places, times and what is asked of anything. */
function topicOf(question: string): string {
  let rest = ''
  let at = 0
  for (const { start, end } of findPlaces(question)) {
    rest += `${question.slice(at, start)} `
    at = end
  }
  return withoutChat(rest + question.slice(at))
    .replace(OF_ANYTHING, ' ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

function pairs(text: string): string[] {
  return text
    .split(' ')
    .flatMap((part) =>
      Array.from({ length: Math.max(0, part.length - 1) }, (_, i) => part.slice(i, i + 2)),
    )
}

/** The turns since the last one that began anew; each turn's question as it was asked. */
export function thread<T extends Turn>(turns: readonly T[]): readonly T[] {
  const start = turns.findLastIndex(({ question }, i) => !looksBack(question, turns[i - 1]))
  return turns.slice(Math.max(0, start))
}
