/** Of what file systems hold, so many bytes, and room for a number. */
const LONGEST = 180

/** What no file system, shell or reader should meet in a name: what cannot be seen or turns its direction, and signs of theirs. */
const UNSAFE = /[\p{C}\p{Zl}\p{Zp}\u{fffd}"*:<>?|]/gu

/** A name under which a file of anybody's can be kept: its own, with its ending, where that is harmless. */
export function safeFileName(given: string): string {
  const last = given.toWellFormed().normalize('NFC').split(/[/\\]/u).at(-1)!
  const name = last
    .replaceAll(UNSAFE, '')
    .replaceAll(/\s+/gu, ' ')
    .replace(/^[.~$\s]+|[.\s]+$/gu, '')
  const [, stem = '', ending = ''] = /^(.*?)(\.[a-z0-9]{1,8})?$/iu.exec(name) ?? []
  return ofFewBytes(stem.trim() || '未命名') + ending
}

function ofFewBytes(stem: string): string {
  let short = ''
  let bytes = 0
  for (const letter of stem) {
    bytes += Buffer.byteLength(letter)
    if (bytes > LONGEST) break
    short += letter
  }
  return short
}

/** The same name with a number behind it, until nobody has it. */
export function freeName(name: string, isTaken: (name: string) => boolean): string {
  const [, stem, ending = ''] = /^(.*?)(\.[a-z0-9]{1,8})?$/iu.exec(name)!
  let free = name
  for (let n = 2; isTaken(free); n++) free = `${stem}（${n}）${ending}`
  return free
}
