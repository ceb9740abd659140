import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Item } from '../../../src/ingest/item.ts'
import { layOut } from '../../../src/ingest/layout/lay-out.ts'
import { repairCharacters } from '../../../src/ingest/repair/repair-characters.ts'
import { segment } from '../../../src/ingest/segment/segment.ts'
import { trace } from '../../../src/traced.ts'
import type { Traced } from '../../../src/traced.ts'

const SEEDS = new URL('../../../seeds/', import.meta.url)
const read = (name: string) => readFileSync(new URL(name, SEEDS), 'utf8')
const seeds = readdirSync(SEEDS).filter((name) => name.endsWith('.txt'))

const partsOf = ({ headline, kicker, subtitle, section, credits, body }: Item): Traced[] =>
  [headline, kicker, subtitle, section, ...credits, ...body].filter((part) => part !== null)

/** How often each place of the source that is not white space was used. */
function countUses(parts: readonly Traced[]): Map<number, number> {
  const uses = new Map<number, number>()
  for (const { text, origin } of parts)
    for (let i = 0; i < text.length; i++)
      if (/\S/u.test(text[i]!)) uses.set(origin[i]!, (uses.get(origin[i]!) ?? 0) + 1)
  return uses
}

test.each(seeds)('every character of %s is in one item or in named furniture', (name) => {
  const source = read(name)
  const repaired = repairCharacters(trace(source)).text
  const { items, furniture } = segment(layOut(repaired, source), source)
  const tables = countUses(items.filter(({ kind }) => kind === 'table').flatMap(partsOf))
  const rest = countUses([
    ...items.filter(({ kind }) => kind !== 'table').flatMap(partsOf),
    ...furniture.map(({ text }) => text),
  ])

  const lost: string[] = []
  const twice: string[] = []
  for (let i = 0; i < repaired.text.length; i++) {
    const at = repaired.origin[i]!
    const character = repaired.text[i]!
    if (!/\S/u.test(character) || /[#*]/u.test(character)) continue
    const uses = (rest.get(at) ?? 0) + (tables.has(at) ? 1 : 0)
    if (uses === 0) lost.push(repaired.text.slice(i, i + 12))
    if (uses > 1) twice.push(repaired.text.slice(i, i + 12))
  }
  expect(lost).toEqual([])
  expect(twice).toEqual([])
})
