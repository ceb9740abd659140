/** The data directory: whether it can be used, on what it lies, what is in it and how much room is left. */
import {
  type StatsFs,
  accessSync,
  constants,
  existsSync,
  readdirSync,
  statSync,
  statfsSync,
} from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { SHARED, databasesIn, openToOthers } from '../data-directory.ts'
import type { Check, Finding } from './check.ts'
import { unwritable, whyUnwritable } from '../../why-unwritable.ts'
import { SAY } from './say.ts'
import { sizeText } from '../../size-text.ts'

const { disk: SAID } = SAY

export const disk: Check = {
  name: '磁盘',
  async look({ patient: { config }, signal }) {
    const folder = config.WENCE_DATA_DIR
    const there = nearest(folder)
    const room = roomOf(statfsSync(there))
    if (!existsSync(folder))
      return [...mayBeUsed(there), SAID.none(folder), ...judge(folder, room, 0)]
    if (!statSync(folder).isDirectory()) return [SAID.noFolder(folder)]
    const denied = mayBeUsed(folder)
    if (denied.length > 0) return denied
    const code = await whyUnwritable(folder)
    const sizes = await sizesIn(folder, signal)
    const taken = sizes.reduce((sum, { bytes }) => sum + bytes, 0)
    return [
      ...(code === undefined ? [] : [SAID.unwritable(folder, unwritable(code))]),
      ...judge(folder, room, taken),
      ...openToOthers(folder).map(SAID.open),
      ...setAside(folder),
      ...(sizes.length > 0 ? [SAID.sizes(told(sizes))] : []),
    ]
  },
}

export interface Room {
  readonly free: number
  readonly type: number
  /** Whether more files can be made; some file systems do not count them. */
  readonly takesFiles: boolean
}

/** What is made anew stands beside the old until it is whole. */
const LEAST_NEEDED = 1e9
/** The logs of all databases and an upload of the desk's (60 MB at most) go in; below that things are refused soon. */
const FULL = 1e8

/** As `statfs` tells them (magic.h of Linux). */
const TYPES: ReadonlyMap<number, string> = new Map([
  [0xef53, 'ext4'],
  [0x58465342, 'xfs'],
  [0x9123683e, 'btrfs'],
  [0x2fc12fc1, 'zfs'],
  [0xf2f52010, 'f2fs'],
])
/** What is gone with a container, or with the power. */
const PASSING: ReadonlyMap<number, string> = new Map([
  [0x794c7630, '容器自己的层里（overlay）'],
  [0x01021994, '内存里（tmpfs）'],
])

export function judge(folder: string, { free, type, takesFiles }: Room, taken: number): Finding[] {
  const [shared, passing] = [SHARED.get(type), PASSING.get(type)]
  const needed = Math.max(LEAST_NEEDED, taken)
  const name = TYPES.get(type) ?? shared ?? `0x${type.toString(16)}`
  return [
    ...(shared ? [SAID.shared(folder, shared)] : []),
    ...(passing ? [SAID.passing(folder, passing)] : []),
    ...(takesFiles ? [] : [SAID.noFiles()]),
    free < FULL
      ? SAID.full(sizeText(free))
      : free < needed
        ? SAID.little(sizeText(free), sizeText(needed))
        : SAID.room(sizeText(free), name, sizeText(taken)),
  ]
}

const roomOf = ({ bavail, bsize, type, files, ffree }: StatsFs): Room => ({
  free: bavail * bsize,
  type,
  takesFiles: files === 0 || ffree > 0,
})

function nearest(folder: string): string {
  return existsSync(folder) ? folder : nearest(dirname(folder))
}

/** What of it we may not use, the folder itself or databases in it. */
function mayBeUsed(folder: string): Finding[] {
  const { R_OK, W_OK, X_OK } = constants
  return [
    ...deniedOf(folder, R_OK | W_OK | X_OK),
    ...databasesIn(folder).flatMap((file) => deniedOf(file, R_OK | W_OK)),
  ]
}

function deniedOf(path: string, mode: number): Finding[] {
  try {
    accessSync(path, mode)
    return []
  } catch (error) {
    const owner = statSync(path, { throwIfNoEntry: false })?.uid
    // It was there a moment ago.
    if (owner === undefined) return []
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    return code === 'EROFS'
      ? [SAID.readOnly(path)]
      : [SAID.denied(path, String(process.getuid?.()), String(owner))]
  }
}

/** Of a damaged database, and of a place where another's was. */
const SET_ASIDE = /\.(?:damaged|other)$/u

function setAside(folder: string): Finding[] {
  const files = readdirSync(folder).filter((name) => SET_ASIDE.test(name))
  return files.length > 0 ? [SAID.setAside(files.join('、'))] : []
}

interface Size {
  readonly name: string
  readonly bytes: number
}

/** What lies in a folder, the largest first; a database with what SQLite keeps beside it. */
async function sizesIn(folder: string, signal: AbortSignal): Promise<Size[]> {
  const entries = await Promise.all(
    readdirSync(folder).map(async (name) => ({
      name: name.replace(/-(?:wal|shm)$/u, ''),
      bytes: await bytesOf(join(folder, name), signal),
    })),
  )
  return Array.from(
    Map.groupBy(entries, ({ name }) => name),
    ([name, some]) => ({
      name,
      bytes: some.reduce((sum, { bytes }) => sum + bytes, 0),
    }),
  ).toSorted((a, b) => b.bytes - a.bytes)
}

async function bytesOf(path: string, signal: AbortSignal): Promise<number> {
  signal.throwIfAborted()
  const found = await stat(path).catch(() => undefined)
  if (!found?.isDirectory()) return found?.size ?? 0
  let bytes = 0
  for (const name of await readdir(path)) bytes += await bytesOf(join(path, name), signal)
  return bytes
}

const MOST_TOLD = 6
const told = (sizes: readonly Size[]) =>
  sizes
    .slice(0, MOST_TOLD)
    .map(({ name, bytes }) => `${name} ${sizeText(bytes)}`)
    .join('、')
