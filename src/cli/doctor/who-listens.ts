import { readFileSync, readdirSync, readlinkSync } from 'node:fs'

/** Linux's word for a socket that listens. */
const LISTENS = '0A'

/** Which program listens on a port of this machine, as far as Linux tells it to us: its name and number. */
export function whoListens(port: number): string | undefined {
  const sockets = new Set(
    ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((table) => inodes(table, port)),
  )
  return entries('/proc')
    .filter((name) => /^\d+$/u.test(name))
    .filter((pid) =>
      entries(`/proc/${pid}/fd`).some((fd) => sockets.has(link(`/proc/${pid}/fd/${fd}`))),
    )
    .map((pid) => `${read(`/proc/${pid}/comm`).trim()}（进程 ${pid}）`)[0]
}

/** What file descriptors of such a socket are links to. */
function inodes(table: string, port: number): string[] {
  const hex = port.toString(16).toUpperCase().padStart(4, '0')
  return read(table)
    .split('\n')
    .map((line) => line.trim().split(/\s+/u))
    .filter((columns) => columns[1]?.endsWith(`:${hex}`) && columns[3] === LISTENS)
    .map((columns) => `socket:[${columns[9]}]`)
}

const quietly = <T>(work: () => T, otherwise: T): T => {
  try {
    return work()
  } catch {
    // It is gone by now, or another user's.
    return otherwise
  }
}
const entries = (folder: string) => quietly(() => readdirSync(folder), [])
const read = (file: string) => quietly(() => readFileSync(file, 'utf8'), '')
const link = (file: string) => quietly(() => readlinkSync(file), '')
