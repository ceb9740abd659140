import { join } from '../../traced.ts'
import type { Item } from '../item.ts'
import type { TableParts } from './table.ts'

/** Reads a table's lines into rows. */
export function readTable(table: TableParts, _source: string): Item {
  return {
    kind: 'table',
    headline: table.title,
    kicker: null,
    subtitle: null,
    subheads: [],
    credits: table.source ? [table.source] : [],
    section: null,
    body: table.rows.map((row) => join(row, ' ')),
    notes: [],
  }
}
