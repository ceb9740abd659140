/**
 * What SQLite does not say of its log: it takes one that is damaged for one that ends before the
 * damage, and what was committed after that is gone without a word. https://sqlite.org/walformat.html
 */
import { closeSync, existsSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs'
import { lookAt } from './connected.ts'

const HEADER = 32
const FRAME_HEADER = 24
/** The last bit of the first word says in which order the words of the checksums are read. */
const MAGIC = 0x377f0682

/** Where things stand in the shared memory beside the log, whose words are in the machine's order. */
const SHM = { frames: 16, salts: 32, checkpointed: 96, bytes: 100 } as const

/** How long a frame takes to be written, and far more. */
const SETTLED_MS = 100

export interface LogDamage {
  readonly isBehind: boolean
}

/**
 * Whether changes were committed to the log beside a database that cannot be read of it any more: it
 * is cut off before, or damaged, and what follows was whole. Undefined when the log is as it was left.
 * `isBehind` says that the database holds more than what can still be read of the log.
 */
export const findLogDamage = (file: string): LogDamage | undefined =>
  existsSync(`${file}-wal`) ? lookAt(logDamageHere, file) : undefined

/** The same, for whoever has no connection to it. */
export function logDamageHere(file: string): LogDamage | undefined {
  const first = look(file)
  if (!first) return undefined
  // A frame that another process was writing just then is whole by now, or has others behind it.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, SETTLED_MS)
  const second = look(file)
  return second?.state === first.state ? { isBehind: second.isBehind } : undefined
}

/** Damage as one look shows it, and what of the log is not the same any more once somebody wrote. */
interface Look extends LogDamage {
  readonly state: string
}

function look(file: string): Look | undefined {
  const shared = existsSync(`${file}-shm`) ? readFileSync(`${file}-shm`) : undefined
  if (!existsSync(`${file}-wal`)) return undefined
  const fd = openSync(`${file}-wal`, 'r')
  try {
    const header = readAt(fd, 0, HEADER)
    if (header.length === 0) return undefined
    const { frames, isBroken } = readFrames(fd, header)
    const isShared =
      shared !== undefined &&
      shared.length >= SHM.bytes &&
      shared.subarray(SHM.salts, SHM.salts + 8).equals(saltsOf(header, 16))
    const known = (at: number) => (isShared ? word(shared, at) : 0)
    if (!isBroken && frames >= known(SHM.frames)) return undefined
    // Another process may have begun the log anew in the meantime.
    if (!readAt(fd, 0, HEADER).equals(header)) return undefined
    const state = `${fstatSync(fd).size} ${header.toString('hex')} ${frames} ${known(SHM.frames)}`
    return { isBehind: frames < known(SHM.checkpointed), state }
  } finally {
    closeSync(fd)
  }
}

/** How many frames can be read up to the last commit before any damage, and whether a commit follows damage. */
function readFrames(fd: number, header: Buffer): { frames: number; isBroken: boolean } {
  if (header.length < HEADER) return { frames: 0, isBroken: true }
  const sum = createSum((header.readUInt32BE(0) & 1) === 1)
  sum.add(header.subarray(0, 24))
  if (header.readUInt32BE(0) >>> 1 !== MAGIC >>> 1 || !sum.equals(header, 24))
    return { frames: 0, isBroken: true }
  const size = FRAME_HEADER + header.readUInt32BE(8)
  let [frames, isWhole] = [0, true]
  for (let n = 1; ; n++) {
    const frame = readAt(fd, HEADER + (n - 1) * size, size)
    if (frame.length < size) return { frames, isBroken: false }
    // Frames of the log before stand behind those of this one.
    const isOurs = saltsOf(frame, 8).equals(saltsOf(header, 16))
    if (isWhole) {
      sum.add(frame.subarray(0, 8))
      sum.add(frame.subarray(FRAME_HEADER))
      isWhole = isOurs && sum.equals(frame, 16)
    }
    const isCommit = frame.readUInt32BE(4) > 0
    if (!isOurs || !isCommit) continue
    if (!isWhole) return { frames, isBroken: true }
    frames = n
  }
}

const saltsOf = (bytes: Buffer, at: number) => bytes.subarray(at, at + 8)

/** The running checksum of a log: sums of its words, two by two, each added to the other. */
function createSum(bigEndian: boolean) {
  let [a, b] = [0, 0]
  return {
    add(bytes: Buffer) {
      for (let i = 0; i < bytes.length; i += 8) {
        a = (a + (bigEndian ? bytes.readUInt32BE(i) : bytes.readUInt32LE(i)) + b) >>> 0
        b = (b + (bigEndian ? bytes.readUInt32BE(i + 4) : bytes.readUInt32LE(i + 4)) + a) >>> 0
      }
    },
    equals: (bytes: Buffer, at: number) =>
      bytes.readUInt32BE(at) === a && bytes.readUInt32BE(at + 4) === b,
  }
}

function readAt(fd: number, at: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length)
  return bytes.subarray(0, readSync(fd, bytes, 0, length, at))
}

const word = (bytes: Buffer, at: number) =>
  new Uint32Array(bytes.buffer.slice(bytes.byteOffset + at, bytes.byteOffset + at + 4))[0]!
