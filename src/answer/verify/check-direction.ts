import { aligned } from './align-clauses.ts'
import { clauses } from './clauses.ts'
import { compareFigures } from '../../language/compare-figures.ts'
import { figures } from '../../language/figures.ts'
import { fold } from '../../language/fold.ts'
import type { PolarityProblem } from './polarity-problem.ts'

/** Words of which one says the contrary of the other. */
const CONTRARIES: readonly (readonly [RegExp, RegExp])[] = [
  [
    /提高|提升|增加|扩大|上升|增长|上调|加快|新增/u,
    /降低|减少|下降|缩小|下滑|回落|下调|减缓|压缩|缩短/u,
  ],
  [/盈利|扭亏/u, /亏损/u],
  [
    /收费|付费|有偿|缴费|交费|收取|(?<![不免无])[要须需得应](?:交(?![通流往])|缴|花钱)/u,
    /免费|无偿|免[收交缴]|无[需须]|不(?:用|需要?|收)/u,
  ],
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

/** More for less, open for closed: a figure or a clause that goes the other way than its quote. */
export function checkDirection(statement: string, evidence: readonly string[]): PolarityProblem[] {
  return [
    ...directions(statement, evidence),
    ...contraries(statement, evidence),
    ...targets(statement, evidence),
  ]
}

const CHANGE =
  '(?:增长|增加|上升|提高|提升|扩大|上涨|上调|下降|减少|降低|下滑|回落|缩减|压缩|缩短|下跌|下调|[增减升降])'
const TO = new RegExp(`${CHANGE}(?:至|到|为)(?:现在的|目前的)?$`, 'u')
const BY = new RegExp(`${CHANGE}了?$`, 'u')

/** 降低到30% where the quote says 降低30%: what is left is not what was taken. */
function targets(statement: string, evidence: readonly string[]): PolarityProblem[] {
  const said = changed(statement).filter(({ how }) => how !== null)
  const printed = said.length > 0 ? evidence.flatMap(changed) : []
  const turned = said.find(({ figure, how }) => {
    const same = printed.filter((p) => compareFigures(figure, p.figure) === 'same')
    return same.length > 0 && same.every((p) => p.how !== null && p.how !== how)
  })
  return turned
    ? [
        {
          kind: 'direction',
          detail: `"${turned.figure.printed}" is how much it changed in one, what it came to in the other`,
        },
      ]
    : []
}

/** The quantities of a text, and whether something changes to them or by them. */
function changed(text: string) {
  return figures(text)
    .filter((figure) => figure.kind === 'quantity')
    .map((figure) => {
      const left = text.slice(0, figure.start - figure.hedge.length)
      return { figure, how: TO.test(left) ? 'to' : BY.test(left) ? 'by' : null }
    })
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
