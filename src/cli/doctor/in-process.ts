/** Looks that take long without a pause, each in a process of its own: one that takes too long is ended. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import type { Looks } from './look-at.ts'

const SCRIPT = fileURLToPath(new URL('look-at.ts', import.meta.url))

/**
 * What a look finds.
 * @throws Error when the signal is aborted before, or when the process fails.
 */
export async function inProcess<N extends keyof Looks>(
  name: N,
  file: string,
  signal: AbortSignal,
): Promise<Looks[N]> {
  const child = spawn(process.execPath, [SCRIPT, name, file], {
    stdio: ['ignore', 'pipe', 'ignore'],
    signal,
    killSignal: 'SIGKILL',
  })
  // Rejects when it is aborted, or cannot be started.
  const [said] = await Promise.all([text(child.stdout), once(child, 'exit')])
  const found: Looks[N] = JSON.parse(said)
  return found
}
