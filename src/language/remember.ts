/** So many texts are kept: an answer reads some hundred sentences, several times each. */
const MOST = 4096
/** Characters; what is longer is a whole article, which ingest reads once. */
const LONGEST = 2000

/** A reading of a text that is done once: the results of the last texts are kept. */
export function remember<T>(read: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>()
  return (text) => {
    if (text.length > LONGEST) return read(text)
    const before = known.get(text)
    if (before !== undefined) return before
    const made = read(text)
    if (known.size >= MOST) known.delete(known.keys().next().value!)
    known.set(text, made)
    return made
  }
}

/** The same where one text is asked about many times and then the next: only the last is kept. */
export function rememberLast<T>(read: (text: string) => T): (text: string) => T {
  let last: { readonly text: string; readonly made: T } | undefined
  return (text) => {
    if (last?.text !== text) last = { text, made: read(text) }
    return last.made
  }
}
