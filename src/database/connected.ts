/**
 * Which files this process has had a connection to, in any of its threads. A process that closes a file loses
 * all locks that it holds on it, SQLite's included: another process then deletes the log that is still read, and
 * this one sees no change any more, or a mixture. So such a file is read by nobody here but SQLite.
 * https://sqlite.org/howtocorrupt.html (2.2)
 */
import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads'
import { crc32 } from 'node:zlib'

/** Two files may share a place: then one is read from outside without need. */
const PLACES = 4096
const SHARED = 'connected'
const given = getEnvironmentData(SHARED)
const memory = given instanceof SharedArrayBuffer ? given : new SharedArrayBuffer(PLACES)
setEnvironmentData(SHARED, memory)
const places = new Uint8Array(memory)
const placeOf = (file: string) => crc32(resolve(file)) % PLACES

const SCRIPT = fileURLToPath(new URL('look-from-outside.ts', import.meta.url))

/** Notes that a connection to a file is about to be opened. */
export function noteConnection(file: string): void {
  Atomics.store(places, placeOf(file), 1)
}

/**
 * What `look` finds in the bytes of a file, which is JSON: found here, or by a process of its own where this one
 * may hold locks.
 * @throws Error when that process fails.
 */
export function lookAt<T>(look: (file: string) => T, file: string): T {
  if (Atomics.load(places, placeOf(file)) === 0) return look(file)
  const child = spawnSync(process.execPath, [SCRIPT, look.name, file], { encoding: 'utf8' })
  if (child.status !== 0)
    throw new Error(`${file} could not be looked at: ${child.stderr || String(child.error)}`)
  const { found }: { found: T } = JSON.parse(child.stdout)
  return found
}
