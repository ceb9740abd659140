import { replace } from '../../traced.ts'
import type { Traced } from '../../traced.ts'

/** What scrapers of web pages leave undecoded, by name. */
const NAMED: Readonly<Record<string, string>> = {
  nbsp: ' ',
  ensp: ' ',
  emsp: ' ',
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  ldquo: '“',
  rdquo: '”',
  lsquo: '‘',
  rsquo: '’',
  mdash: '—',
  ndash: '–',
  hellip: '…',
  middot: '·',
  bull: '•',
}

const ENTITY = new RegExp(
  `&(?:(${Object.keys(NAMED).join('|')})|#(\\d{2,5})|#x([\\da-fA-F]{2,4}));`,
  'g',
)

/** HTML's names and numbers of characters become the characters. */
export function decodeEntities(traced: Traced): Traced {
  return replace(traced, ENTITY, ([, name, decimal, hex]) =>
    name !== undefined
      ? NAMED[name]!
      : String.fromCharCode(decimal !== undefined ? Number(decimal) : Number.parseInt(hex!, 16)),
  )
}
