import type { Says, Style } from './styles.ts'

/** Longer than this no heading is. */
const LONGEST = 100

/** 0 for a title, 1 to 9 for a heading: by its style's name, by its place in the outline. */
export function headingLevel(text: string, own: Says, { names, outline }: Style): number | null {
  if (text.length > LONGEST || /[。；]$/u.test(text)) return null
  if (names.some((name) => /^(?:title|标题)$/i.test(name))) return 0
  const place = own.outline ?? outline
  if (place !== undefined) return place < 9 ? place + 1 : null
  for (const name of names) {
    const heading = /^(?:heading|标题) ?([1-9])$/i.exec(name)
    if (heading) return Number(heading[1])
  }
  return null
}
