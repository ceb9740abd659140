import { inflateRawSync } from 'node:zlib'

const MEGABYTE = 1024 * 1024
/** What all files that are read may come to, unpacked; a book of 1,000 pages has 20 MB. */
const LARGEST = 64 * MEGABYTE

const END = Buffer.from('PK\u0005\u0006')
const END_LENGTH = 22
const ENTRY = 0x0201_4b50
const ENTRY_LENGTH = 46
const LOCAL_LENGTH = 30
const STORED = 0
const DEFLATED = 8

interface Entry {
  readonly method: number
  readonly packed: number
  readonly unpacked: number
  readonly start: number
}

/** Reads a file of an archive by its path, in whatever case; null when there is none. */
export type ReadEntry = (path: string) => Buffer | null

/**
 * A zip archive, of which only the files asked for are unpacked.
 * @throws Error when it is damaged, or would unpack to more than 64 MB.
 */
export function unzip(bytes: Uint8Array): ReadEntry {
  const archive = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const entries = directory(archive)
  let left = LARGEST
  return (path) => {
    const entry = entries.get(path.toLowerCase())
    if (!entry) return null
    if (entry.unpacked > left) throw tooLarge()
    const file = unpack(archive, entry, left)
    left -= file.length
    return file
  }
}

/** A zip's directory stands at its end, behind it a comment at most. */
function directory(archive: Buffer): Map<string, Entry> {
  const end = archive.lastIndexOf(END)
  if (end < 0 || end + END_LENGTH > archive.length) throw damaged()
  const entries = new Map<string, Entry>()
  let at = archive.readUInt32LE(end + 16)
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    if (at + ENTRY_LENGTH > archive.length || archive.readUInt32LE(at) !== ENTRY) throw damaged()
    const name = at + ENTRY_LENGTH
    const after = name + archive.readUInt16LE(at + 28)
    // Some tools on Windows part folders by a backslash.
    const path = archive.toString('utf8', name, after).replaceAll('\\', '/').toLowerCase()
    entries.set(path, {
      method: archive.readUInt16LE(at + 10),
      packed: archive.readUInt32LE(at + 20),
      unpacked: archive.readUInt32LE(at + 24),
      start: archive.readUInt32LE(at + 42),
    })
    at = after + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32)
  }
  return entries
}

/** Stops at `most` bytes, whatever the directory says. */
function unpack(archive: Buffer, { method, packed, start }: Entry, most: number): Buffer {
  if (start + LOCAL_LENGTH > archive.length) throw damaged()
  const from =
    start + LOCAL_LENGTH + archive.readUInt16LE(start + 26) + archive.readUInt16LE(start + 28)
  const data = archive.subarray(from, from + packed)
  if (method === STORED) return data
  if (method !== DEFLATED) throw damaged()
  try {
    return inflateRawSync(data, { maxOutputLength: most })
  } catch (error) {
    const isTooLarge =
      error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
    throw isTooLarge ? tooLarge() : damaged(error)
  }
}

const tooLarge = () => new Error('it unpacks to more than 64 MB')
const damaged = (cause?: unknown) => new Error('its archive is damaged or cut off', { cause })
