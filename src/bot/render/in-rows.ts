/** Buttons in as few rows as hold them, so many a row at most, evenly. */
export function inRows<T>(buttons: readonly T[], most: number): T[][] {
  const rows = Math.ceil(buttons.length / most)
  const width = Math.ceil(buttons.length / rows)
  return Array.from({ length: rows }, (_, row) => buttons.slice(row * width, (row + 1) * width))
}
