/** GBK keeps symbols, figures and letters in the rows 0xA1–0xA9; each row has 94 cells from 0xA1. */
const FIRST_ROW = 0xa1
const LAST_ROW = 0xa9
const FIRST_CELL = 0xa1
const LAST_CELL = 0xfe

/** By how much the high byte is off in texts taken from PDFs whose fonts number these rows anew. */
const SHIFT = 0x31

const decoder = new TextDecoder('gb18030')

/**
 * The characters that stand for symbols in such a text, each with its symbol: 袁 → ，, 遥 → 。 and so
 * on through the symbol rows of GBK. Read from the encoding itself; cells without a symbol are left out.
 */
export const SHIFTED_SYMBOLS: ReadonlyMap<string, string> = new Map(
  cells().flatMap(([row, cell]) => {
    const symbol = decodePair(row, cell)
    const shifted = decodePair(row + SHIFT, cell)
    return isAssigned(symbol) && isAssigned(shifted) ? [[shifted, symbol] as const] : []
  }),
)

function cells(): [row: number, cell: number][] {
  return range(FIRST_ROW, LAST_ROW).flatMap((row) =>
    range(FIRST_CELL, LAST_CELL).map((cell): [number, number] => [row, cell]),
  )
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, i) => first + i)
}

function decodePair(high: number, low: number): string {
  return decoder.decode(Uint8Array.of(high, low))
}

/** GB18030 gives cells that GBK leaves empty a private character, which stands for nothing. */
function isAssigned(character: string): boolean {
  return character.length === 1 && !/[\p{Co}\uFFFD]/u.test(character)
}
