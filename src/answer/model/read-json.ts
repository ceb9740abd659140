/**
 * A value as a model wrote it. What is neither a list nor an object is text: `3` and `"3"` are alike,
 * and so is what is no JSON at all (`3-5`, `None`).
 */
export type Written = string | readonly Written[] | ReadonlyMap<string, Written>

/** A property with its value, or with the next element of the list that is its value; an empty list is its value. */
export type Part = readonly [key: string, value: Written]

/** Deeper brackets than any answer has are taken for text. */
const DEEPEST = 6
/** White space and the fence of a code block are shorter. */
const LONGEST_LEAD = 16
/** What may stand before the object. */
export const LEAD = /^\s*(?:`{3}\w*\s*)?$/
const ENDS_BARE = ',:{}[]"\n'
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' }

type Reading<T> = Generator<undefined, T, string>

/**
 * Reads the JSON object that a text begins with, while the text comes in, and tells each part as soon
 * as it is complete. Before the object there may be a code fence; anything else there, and nothing is
 * read. It forgives what models get wrong: quotation marks and line breaks within strings, commas too
 * many or at the end, keys without quotes, an end that is missing.
 */
export function createJsonReader(tell: (...part: Part) => void): (text: string) => void {
  // The character that is looked at; empty when the next one is to be fetched.
  let c = ''
  const reading = answer()
  reading.next()
  return (text) => {
    for (const char of text) reading.next(char)
  }

  function* answer(): Reading<void> {
    let lead = ''
    for (; c !== '{' && lead.length < LONGEST_LEAD; c = yield) lead = (lead + c).trimStart()
    if (c === '{' && LEAD.test(lead)) yield* object(0, tell)
  }

  function* object(depth: number, tellPart: (...part: Part) => void): Reading<void> {
    c = ''
    for (;;) {
      yield* skip(/[\s,]/)
      if (c === '}') break
      const key = yield* value(depth + 1)
      yield* skip(/\s/)
      if (c !== ':' || typeof key !== 'string') continue
      c = ''
      yield* skip(/\s/)
      if (depth > 0 || c !== '[') tellPart(key, yield* value(depth + 1))
      else if (!(yield* list(0, (element) => tellPart(key, element)))) tellPart(key, [])
    }
    c = ''
  }

  /** Gives how many elements there were. */
  function* list(depth: number, tellElement: (element: Written) => void): Reading<number> {
    c = ''
    for (let count = 0; ; count++) {
      yield* skip(/[\s,]/)
      if (c === ']') {
        c = ''
        return count
      }
      tellElement(yield* value(depth + 1))
    }
  }

  function* value(depth: number): Reading<Written> {
    if (c === '"' || c === "'") return yield* quoted(c)
    if (c === '[' && depth < DEEPEST) {
      const elements: Written[] = []
      yield* list(depth, (element) => elements.push(element))
      return elements
    }
    if (c === '{' && depth < DEEPEST) {
      const properties = new Map<string, Written>()
      yield* object(depth, (key, property) => properties.set(key, property))
      return properties
    }
    let bare = ''
    do {
      bare += c
      c = yield
    } while (!ENDS_BARE.includes(c))
    return bare.trim().toWellFormed()
  }

  /** A quotation mark ends a string only where JSON could go on. */
  function* quoted(mark: string): Reading<string> {
    let text = ''
    for (c = yield; ;) {
      if (c === '\\') text += yield* escaped()
      else if (c !== mark) {
        text += c
        c = yield
      } else {
        let after = ''
        do {
          after += c
          c = yield
        } while (/\s/.test(c))
        if (',:}]'.includes(c)) return text.toWellFormed()
        text += after
      }
    }
  }

  function* escaped(): Reading<string> {
    const sign = yield
    c = yield
    if (sign !== 'u') return ESCAPES[sign] ?? sign
    let code = ''
    for (; code.length < 4 && /[\da-f]/i.test(c); c = yield) code += c
    return code ? String.fromCharCode(Number.parseInt(code, 16)) : ''
  }

  function* skip(these: RegExp): Reading<void> {
    while (c === '' || these.test(c)) c = yield
  }
}

/** So many brackets of prose are tried. */
const MOST_TRIED = 20

/**
 * The parts of the object in what a model wrote, in order: of the first one that has a property asked
 * for. Unlike the reader, it looks for the object behind prose and other objects as well.
 */
export function readJson(written: string, keys: readonly string[]): Part[] | undefined {
  const starts = [...written.matchAll(/\{/g)].slice(0, MOST_TRIED)
  for (const text of [written, ...starts.map(({ index }) => written.slice(index))]) {
    const parts: Part[] = []
    createJsonReader((...part) => parts.push(part))(text)
    if (parts.some(([key]) => keys.includes(key))) return parts
  }
  return undefined
}
