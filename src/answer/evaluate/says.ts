const QUOTES: Readonly<Record<string, string>> = {
  '“': '"',
  '”': '"',
  '„': '"',
  '‘': "'",
  '’': "'",
  '—': '-',
  '–': '-',
  '―': '-',
}

/** A text as words are compared: NFKC, without white space, quotes and dashes alike, lower case. */
export function plain(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\s+/gu, '')
    .replace(/[“”„‘’—–―]/gu, (sign) => QUOTES[sign]!)
    .replace(/-+/gu, '-')
    .toLowerCase()
}

/** Whether a plain text has these words; a number at their ends must not go on: 50 is not in 150, nor 3.5 in 3.51. */
export function says(text: string, words: string): boolean {
  const sought = plain(words)
  for (let at = text.indexOf(sought); at >= 0; at = text.indexOf(sought, at + 1)) {
    const before = text[at - 1] ?? ''
    const after = text.slice(at + sought.length)
    const goesBack = /^\d/.test(sought) && /[\d.]/.test(before)
    // Zeros behind a decimal change nothing: 2.70 is 2.7.
    const rest = /\.\d+$/.test(sought) ? after.replace(/^0+/, '') : after
    const goesOn = /\d$/.test(sought) && /^(?:\d|\.\d)/.test(rest)
    if (!goesBack && !goesOn) return true
  }
  return false
}

/** The length of the longest stretch that two texts share. */
export function commonStretch(a: string, b: string): number {
  let best = 0
  let row = new Uint16Array(b.length + 1)
  for (const char of a) {
    const next = new Uint16Array(b.length + 1)
    for (let j = 1; j <= b.length; j++) {
      if (char === b[j - 1]) best = Math.max(best, (next[j] = row[j - 1]! + 1))
    }
    row = next
  }
  return best
}

/** Two quotes are of the same words when one holds the other, or most of the shorter stands in both. */
export function sameWords(quote: string, judged: string): boolean {
  const [a, b] = [plain(quote), plain(judged)]
  if (a.length === 0 || b.length === 0) return false
  return a.includes(b) || b.includes(a) || commonStretch(a, b) >= Math.min(14, b.length * 0.6)
}

/**
 * Whether a quote's letters stand in a stretch of a raw source in their order: repair dropped or
 * replaced what stands between. Three in a hundred may be missing.
 */
export function standsIn(quote: string, slice: string): boolean {
  const [wanted, have] = [letters(quote), letters(slice)]
  if (wanted.length === 0 || have.length > wanted.length * 1.5 + 20) return false
  let from = 0
  let found = 0
  for (const letter of wanted) {
    const at = have.indexOf(letter, from)
    if (at < 0 || at - from >= NEAR) continue
    from = at + 1
    found++
  }
  return found / wanted.length >= 0.97
}

/** So far from the last letter another is not the next one. */
const NEAR = 40

function letters(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase()
}
