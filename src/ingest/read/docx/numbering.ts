import { cut } from '../../../code-points.ts'
import { formatNumber } from './number-format.ts'
import { count, isOn, value } from './parse-xml.ts'
import type { Element } from './parse-xml.ts'
import type { Says, Style, StyleOf } from './styles.ts'

/** One level of a list. */
interface Level {
  readonly start: number
  readonly format: string
  /** What is printed, such as 第%1条: %1 is the number of the first level. */
  readonly text: string
  /** It begins anew after this level, counted from 1, or a higher one; 0 for never. */
  readonly restartAfter: number | undefined
  readonly legal: boolean
  readonly style: string | undefined
}

interface List {
  /** Lists of one kind count on from each other. */
  readonly kind: string
  readonly levels: ReadonlyMap<number, Level>
  /** Where the list begins, at levels that do not go on from another of its kind. */
  readonly starts: ReadonlyMap<number, number>
}

/** The number that Word prints before a paragraph, by what it says itself and its style; '' for none. It counts. */
export type NumberOf = (own: Says, style: Style) => string

const DEEPEST = 8
/** Word takes no longer one. */
const LONGEST_TEXT = 255

/** The automatic numbers of a document, from its part `numbering`; to be asked in reading order. */
export function createNumbering(part: Element | null, styleOf: StyleOf): NumberOf {
  const lists = readLists(part, styleOf)
  /** By kind of list, the number of each level so far. */
  const counts = new Map<string, (number | undefined)[]>()
  const begun = new Set<string>()

  return (own, style) => {
    const id = own.list ?? style.list
    const list = id === undefined ? undefined : lists.get(id)
    if (!list) return ''
    const at = own.listLevel ?? levelOf(list, style)
    const level = list.levels.get(at)
    if (!level) return ''
    const numbers = counts.get(list.kind) ?? []
    counts.set(list.kind, numbers)
    const start = begun.has(`${id} ${at}`) ? undefined : list.starts.get(at)
    begun.add(`${id} ${at}`)
    // A level that was passed over counts as begun.
    for (let higher = 0; higher < at; higher++) numbers[higher] ??= list.levels.get(higher)?.start
    const last = numbers[at]
    numbers[at] = start ?? (last === undefined ? level.start : last + 1)
    for (let lower = at + 1; lower <= DEEPEST; lower++) {
      if ((list.levels.get(lower)?.restartAfter ?? lower) > at) numbers[lower] = undefined
    }
    if (level.format === 'bullet') return ''
    return level.text.replaceAll(/%([1-9])/g, (_, digit) => {
      const shown = list.levels.get(Number(digit) - 1)
      const number = numbers[Number(digit) - 1]
      if (number === undefined) return ''
      const format = shown?.format ?? 'decimal'
      return formatNumber(number, level.legal ? legal(format) : format)
    })
  }
}

/** Numbers are digits where a list is to be legal, with the zero of 01. */
const legal = (format: string) => (format === 'decimalZero' ? format : 'decimal')

/** A level that names a style numbers it; otherwise the style names its level. */
function levelOf(list: List, style: Style): number {
  for (const id of style.ids)
    for (const [at, level] of list.levels) if (level.style === id) return at
  return style.listLevel ?? 0
}

function readLists(part: Element | null, styleOf: StyleOf): Map<string, List> {
  const kinds = new Map<string, Element>()
  const uses = new Map<string, Element>()
  for (const element of part?.children ?? []) {
    const { abstractNumId, numId } = element.attributes
    if (element.name === 'abstractNum' && abstractNumId !== undefined)
      kinds.set(abstractNumId, element)
    if (element.name === 'num' && numId !== undefined) uses.set(numId, element)
  }
  return new Map(Array.from(uses, ([id, use]) => [id, readList(use)]))

  function readList(use: Element): List {
    const kind = kindOf(use)
    const levels = readLevels(kinds.get(kind))
    const starts = new Map<number, number>()
    for (const override of use.children.filter(({ name }) => name === 'lvlOverride')) {
      const at = Number(override.attributes['ilvl'])
      for (const [, level] of readLevels(override)) levels.set(at, level)
      const start = count(override, 'startOverride')
      if (start !== undefined) starts.set(at, start)
    }
    return { kind, levels, starts }
  }

  /** A list may be defined by a style, which names a list that is defined itself. */
  function kindOf(use: Element): string {
    const kind = value(use, 'abstractNumId') ?? ''
    const style = value(kinds.get(kind), 'numStyleLink')
    const other = style === undefined ? undefined : uses.get(styleOf(style).list ?? '')
    return (other && value(other, 'abstractNumId')) ?? kind
  }
}

function readLevels(element: Element | undefined): Map<number, Level> {
  const levels = new Map<number, Level>()
  for (const level of element?.children ?? []) {
    const at = Number(level.attributes['ilvl'])
    if (level.name !== 'lvl' || !(at <= DEEPEST)) continue
    levels.set(at, {
      start: count(level, 'start') ?? 0,
      format: value(level, 'numFmt') ?? 'decimal',
      text: cut(value(level, 'lvlText') ?? '', LONGEST_TEXT),
      restartAfter: count(level, 'lvlRestart'),
      legal: isOn(level, 'isLgl') ?? false,
      style: value(level, 'pStyle'),
    })
  }
  return levels
}
