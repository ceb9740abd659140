import { concat, join } from '../../traced.ts'
import type { Traced } from '../../traced.ts'
import type { Item } from '../item.ts'
import { isFigure } from '../layout/cells.ts'
import type { Furniture } from './draft.ts'
import { behindHeads } from './label-rows.ts'
import type { TableParts } from './table.ts'

const UNASSIGNED = '表格抽取后有的格子对不上栏目，照原样保留'
const BY_LEVEL = '表格有空格，按“国家级、省级、市级”推定各数所属的栏目'
/** The heads over row numbers and row labels, which name no column of values. */
const LABEL_HEAD = /^(?:序\s*号|编\s*号|项\s*目|指\s*标|名\s*称|类\s*别|数\s*据|内\s*容|单\s*位)$/u
/** Labels of the parts of a group: 企业技术中心 over 国家级 and 省级. */
const PART = /^(?:国家级|部级|省级|市级|县级|区级|其中.*|男|女|城镇|农村)$/u
const COLUMN_LEVELS = [/^全国|^国家/u, /^全省|^本省|省$/u, /^全市|^本市|市$/u]
const ROW_LEVELS: readonly [RegExp, number][] = [
  [/^省级/u, 1],
  [/^市级/u, 2],
]

interface Row {
  readonly label: readonly Traced[]
  readonly values: Traced[]
}

/**
 * Reads a table's lines as rows in which every value stands after its row's and its column's label.
 * The heads over row numbers and labels, and the numbers themselves, come back as furniture.
 */
export function readTable(table: TableParts): { item: Item; furniture: Furniture[] } {
  const ruler = table.lines.findIndex((line) => line.every(({ text }) => /^:?-+:?$/u.test(text)))
  if (ruler > 0) return readRuled(table, ruler)
  const start = table.lines.findIndex((line, i) => i > 0 && holdsRow(line))
  if (start < 0) {
    const printed = table.lines.map((line) => join(line, ' '))
    return toItem(table, printed, [UNASSIGNED], [])
  }
  const head = table.lines.slice(0, start).flat()
  const { rows, numbers } = readRows(table.lines.slice(start))
  const width = mostCommon(rows.map(({ values }) => values.length))
  const columns = columnLabels(head, width)
  const used = new Set(columns.flat())
  const notes = new Set<string>()
  const body = rows.map((row) => writeRow(row, columns, notes))
  return toItem(table, body, [...notes], [...head.filter((cell) => !used.has(cell)), ...numbers])
}

/** A Markdown table: its head stands over a line of dashes, and every cell in its column. */
function readRuled(table: TableParts, ruler: number): { item: Item; furniture: Furniture[] } {
  const heads = table.lines[ruler - 1]!
  const body = table.lines.slice(ruler + 1).map((row) => behindHeads(row, heads))
  const above = table.lines.slice(0, ruler - 1).map((line) => join(line, ' '))
  return toItem(table, [...above, ...body], [], [heads[0]!, ...table.lines[ruler]!])
}

function toItem(
  { title, source }: TableParts,
  body: readonly Traced[],
  notes: readonly string[],
  rest: readonly Traced[],
): { item: Item; furniture: Furniture[] } {
  return {
    item: {
      kind: 'table',
      headline: title,
      kicker: null,
      subtitle: null,
      subheads: [],
      rows: [],
      credits: source ? [source] : [],
      section: null,
      body,
      notes,
    },
    furniture: rest
      .filter(({ text }) => text.length > 0)
      .map((text) => ({ what: '表头序号', text })),
  }
}

const isNumber = (cell: string) => /^\d{1,3}$/u.test(cell)

const holdsRow = (line: readonly Traced[]) =>
  isNumber(line[0]?.text ?? '') ||
  (line.length > 1 && isFigure(line.at(-1)!.text) && !isYear(line.at(-1)!.text))

const isYear = (cell: string) => /^(?:19|20)\d\d年?$/u.test(cell)

function mostCommon(numbers: readonly number[]): number {
  const times = Map.groupBy(numbers, (n) => n)
  return [...times].toSorted((a, b) => b[1].length - a[1].length || b[0] - a[0])[0]?.[0] ?? 0
}

/** Puts labels broken over lines together, and lays a group's label over its parts. */
function readRows(lines: readonly (readonly Traced[])[]): { rows: Row[]; numbers: Traced[] } {
  const rows: Row[] = []
  const numbers: Traced[] = []
  let pending: Traced[] = []
  let group: Traced[] = []
  let expected = 1
  for (const line of lines) {
    let cells = [...line]
    if (isNumber(cells[0]?.text ?? '') && Number(cells[0]!.text) === expected) {
      numbers.push(cells[0]!)
      cells = cells.slice(1)
      expected++
    }
    const from = cells.findLastIndex((cell) => !isFigure(cell.text)) + 1
    const [label, values] = [cells.slice(0, from), cells.slice(from)]
    if (values.length === 0) {
      pending.push(...label)
      continue
    }
    const part = label.length === 1 && PART.test(label[0]!.text)
    if (part && pending.length > 0) group = pending
    const whole = part
      ? [...group, ...label]
      : label.length > 0 || pending.length > 0
        ? [concat([...pending, ...label])]
        : []
    if (!part) group = []
    pending = []
    const last = rows.at(-1)
    if (whole.length === 0 && last) last.values.push(...values)
    else rows.push({ label: whole, values })
  }
  if (pending.length > 0) rows.push({ label: pending, values: [] })
  return { rows, numbers }
}

/** The labels over each column of values; a head of two levels gives each column both. */
function columnLabels(head: readonly Traced[], width: number): Traced[][] {
  const labels = head.filter((cell) => !LABEL_HEAD.test(cell.text))
  const leaves = labels.slice(-width)
  const groups = labels.slice(0, -width)
  if (leaves.length < width) return []
  const span = groups.length > 1 && width % groups.length === 0 ? width / groups.length : 0
  return leaves.map((leaf, k) => (span > 0 ? [groups[Math.floor(k / span)]!, leaf] : [leaf]))
}

function writeRow(
  { label, values }: Row,
  columns: readonly (readonly Traced[])[],
  notes: Set<string>,
): Traced {
  const at = placesOf(label, values.length, columns)
  if (!at) {
    if (values.length > 0) notes.add(UNASSIGNED)
    return join([...label, ...values], ' ')
  }
  if (at.length < columns.length) notes.add(BY_LEVEL)
  return join([...label, ...values.flatMap((value, i) => [...columns[at[i]!]!, value])], ' ')
}

/** Which column each value of a row belongs to; null when that cannot be told. */
function placesOf(
  label: readonly Traced[],
  count: number,
  columns: readonly (readonly Traced[])[],
): number[] | null {
  if (count === 0 || columns.length === 0) return null
  const all = columns.map((_, k) => k)
  if (count === columns.length) return all
  const least = ROW_LEVELS.find(([pattern]) => pattern.test(label.at(-1)?.text ?? ''))?.[1]
  if (least === undefined) return null
  const open = all.filter(
    (k) => COLUMN_LEVELS.findIndex((level) => level.test(columns[k]!.at(-1)!.text)) >= least,
  )
  return open.length === count ? open : null
}
