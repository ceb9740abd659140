/**
 * A file that is there while the index is being filled, with the number of the process that fills it:
 * nobody else does meanwhile, and a start that was killed is taken up by the next.
 */
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { uptime } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Config } from '../config.ts'

const LOOK_MS = 200

export const fillingMark = ({ WENCE_DATA_DIR }: Config) => join(WENCE_DATA_DIR, 'filling')

/** Waits as long as a process that lives fills the index, this one's other threads included. */
export async function othersDone(mark: string): Promise<void> {
  while (isHeld(mark)) await sleep(LOOK_MS)
}

/** Takes the mark, unless somebody who lives has it. */
export function isTaken(mark: string): boolean {
  if (isHeld(mark)) return false
  rmSync(mark, { force: true })
  try {
    writeFileSync(mark, String(process.pid), { mode: 0o600, flag: 'wx' })
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

function isHeld(mark: string): boolean {
  const pid = existsSync(mark) ? Number(readFileSync(mark, 'utf8')) : 0
  if (!pid) return false
  // Numbers are given again: in a container each start has the same, and after the machine's start any.
  const since = pid === process.pid ? process.uptime() : uptime()
  const marked = statSync(mark, { throwIfNoEntry: false })?.mtimeMs ?? 0
  if (marked < Date.now() - since * 1000) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // Somebody else's process that lives may not be asked.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
