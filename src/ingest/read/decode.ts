export interface Decoded {
  readonly text: string
  readonly encoding: string
  /** What was unsure, for staff, in Chinese. */
  readonly notes: string[]
}

const BYTE_ORDER_MARKS: readonly (readonly [encoding: string, mark: readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
]

/** What tells a text from other bytes: of its characters, so few are broken or control characters. */
const BROKEN_SHARE = 0.005
const CONTROL_SHARE = 0.002

/**
 * Bytes as text: UTF-8, GB18030, or UTF-16 with a byte order mark, which is left out. Broken bytes in
 * an otherwise sound text become U+FFFD and are noted.
 * In what else it was `told` to be by whoever sent it, where that fits all of it.
 * @throws Error when there is nothing, or no text; `where` begins its sentence.
 */
export function decode(bytes: Uint8Array, where = 'The text', told?: string): Decoded {
  if (bytes.length === 0) throw new Error(`${where}: the file is empty; give one with text in it.`)
  const decoded = asTold(bytes, told) ?? textIn(bytes, where)
  if (decoded.text.trim() === '') {
    throw new Error(`${where}: the file holds nothing but white space; give one with text in it.`)
  }
  return decoded
}

/**
 * The same of bytes that may say nothing.
 * @throws Error when they are no text; `where` begins its sentence.
 */
export function textIn(bytes: Uint8Array, where: string): Decoded {
  const marked = BYTE_ORDER_MARKS.find(([, mark]) => mark.every((byte, i) => bytes[i] === byte))
  const decoded = marked ? decodeAs(marked[0], bytes) : guess(bytes)
  if (decoded && !isBinary(decoded.text)) return decoded
  throw new Error(
    `${where}: this is no text in UTF-8, GB18030 or UTF-16 with a byte order mark; save it as UTF-8.`,
  )
}

/** Servers tell Latin-1 of what they know nothing of; what is found by itself is not told. */
const UNTOLD = /^(?:utf-?8|gb\w*|iso-?8859-?1|latin-?1|windows-1252|us-ascii|ascii)$/iu

function asTold(bytes: Uint8Array, told: string | undefined): Decoded | null {
  if (told === undefined || UNTOLD.test(told)) return null
  try {
    const decoded = strictly(told.toLowerCase(), bytes)
    return decoded && !isBinary(decoded.text) ? decoded : null
  } catch {
    // Nobody knows it.
    return null
  }
}

/** Scripts that a short Chinese text in GB18030 seems to be in when it happens to be sound UTF-8. */
const FAR_FROM_CHINESE = /[\u0300-\u036F\u0483-\u0489\u0530-\u07FF]/
const CHINESE = /^[\p{Script=Han}\s\p{P}\u0020-\u007E]+$/u

/** Broken UTF-8 comes before GB18030, which gives nearly any bytes some character. */
function guess(bytes: Uint8Array): Decoded | null {
  const utf8 = strictly('utf-8', bytes)
  if (utf8 && FAR_FROM_CHINESE.test(utf8.text) && !/[\u0800-\uFFFF]/.test(utf8.text)) {
    const chinese = strictly('gb18030', bytes)
    if (chinese && CHINESE.test(chinese.text)) return chinese
  }
  return (
    utf8 ?? leniently('utf-8', bytes) ?? strictly('gb18030', bytes) ?? leniently('gb18030', bytes)
  )
}

/** Made once: of a line of data, making one took longer than decoding it. */
const strict = new Map<string, TextDecoder>()

function strictly(encoding: string, bytes: Uint8Array): Decoded | null {
  const decoder = strict.get(encoding) ?? new TextDecoder(encoding, { fatal: true })
  strict.set(encoding, decoder)
  try {
    return { text: decoder.decode(bytes), encoding, notes: [] }
  } catch {
    return null
  }
}

function leniently(encoding: string, bytes: Uint8Array): Decoded | null {
  const decoded = decodeAs(encoding, bytes)
  const broken = decoded.text.match(/\uFFFD/g)?.length ?? 0
  // One broken character, as at the end of a file cut short, is no sign of another encoding.
  return broken <= Math.max(1, decoded.text.length * BROKEN_SHARE) &&
    decoded.text.length > broken * 4
    ? decoded
    : null
}

function decodeAs(encoding: string, bytes: Uint8Array): Decoded {
  const sound = strictly(encoding, bytes)
  if (sound) return sound
  const text = new TextDecoder(encoding).decode(bytes)
  return {
    text,
    encoding,
    notes: [`文件按${encoding.toUpperCase()}读取，有损坏的字节，以\uFFFD标出`],
  }
}

function isBinary(text: string): boolean {
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  const controls = text.match(/[\u0000-\u0008\u000E-\u001A\u001C-\u001F\u007F]/g)?.length ?? 0
  // U+E5E5 is how GBK's second full-width space is decoded: an indent.
  const privates = text.match(/(?!\uE5E5)\p{Co}/gu)?.length ?? 0
  return text.includes('\u0000') || controls + privates / 10 > text.length * CONTROL_SHARE
}
