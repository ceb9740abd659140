const words = new Intl.Segmenter('zh', { granularity: 'word' })
const CONTEXT = 5

/** Whether a word, a figure or a date runs on from the end of one text to the beginning of another. */
export function crossesWord(left: string, right: string): boolean {
  const before = left.slice(-CONTEXT)
  const after = right.slice(0, CONTEXT)
  if (/[\d.]$/u.test(before) && /^[\d.％%万亿千百余多个元年月日家户人件项]/u.test(after))
    return true
  if (/[年月]$/u.test(before) && /^\d{1,2}[月日]/u.test(after)) return true
  if (!/\p{L}$/u.test(before) || !/^\p{L}/u.test(after)) return false
  const at = words.segment(before + after).containing(before.length)
  return at !== undefined && at.index < before.length
}
