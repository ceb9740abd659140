import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from './free-port.ts'
import { createClient } from '../../retrieval/qdrant/client.ts'

export type StartedQdrant = Awaited<ReturnType<typeof startQdrant>>

const START_MS = 30_000
const CLIENT_MS = 60_000

/**
 * Starts a Qdrant of one's own on the loopback, all it keeps in `folder`, and waits until it answers.
 * `env` are settings of Qdrant's, as in `QDRANT__CLUSTER__ENABLED`, beside those of our own environment; `args` what
 * it is called with.
 */
export async function startQdrant(
  binary: string,
  folder: string,
  { env = {}, args = [] }: { env?: Record<string, string>; args?: string[] } = {},
) {
  mkdirSync(folder, { recursive: true })
  const port = env['QDRANT__SERVICE__HTTP_PORT'] ?? String(await freePort())
  const log = openSync(join(folder, 'qdrant.log'), 'a')
  const child = spawn(binary, ['--disable-telemetry', ...args], {
    cwd: folder,
    stdio: ['ignore', log, log],
    env: {
      ...Object.fromEntries(
        Object.entries(process.env).filter(([name]) => name.startsWith('QDRANT__')),
      ),
      QDRANT__SERVICE__HOST: '127.0.0.1',
      QDRANT__SERVICE__HTTP_PORT: port,
      QDRANT__SERVICE__GRPC_PORT: String(await freePort()),
      QDRANT__STORAGE__STORAGE_PATH: join(folder, 'storage'),
      QDRANT__STORAGE__SNAPSHOTS_PATH: join(folder, 'snapshots'),
      QDRANT__TELEMETRY_DISABLED: 'true',
      QDRANT__LOG_LEVEL: 'WARN',
      ...env,
    },
  })
  const url = `http://127.0.0.1:${port}`
  const client = createClient({ url, timeoutMs: CLIENT_MS })
  const ended = once(child, 'exit')
  const end = async (signal: NodeJS.Signals = 'SIGINT') => {
    child.kill(signal)
    await ended
  }
  const until = performance.now() + START_MS
  while (!(await isReady(url))) {
    if (child.exitCode !== null || performance.now() > until) {
      child.kill('SIGKILL')
      throw new Error(`${binary} did not start; see ${folder}/qdrant.log.`)
    }
    await sleep(50)
  }
  return {
    url,
    client,
    signal: (signal: NodeJS.Signals) => child.kill(signal),
    end,
    memoryMb: () => memoryOf(child.pid!),
    cpuS: () => cpuOf(child.pid!),
  }
}

const isReady = (url: string) =>
  fetch(`${url}/readyz`).then(
    ({ ok }) => ok,
    () => false,
  )

/** In MB: what a process holds, files that it has mapped included, and of it what is no file's. */
function memoryOf(pid: number): { all: number; own: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const mb = (name: string) =>
    Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`, 'u').exec(status)?.[1] ?? 0) / 1024)
  return { all: mb('VmRSS'), own: mb('RssAnon') }
}

/** Seconds on a core; Linux counts in hundredths. */
function cpuOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) / 100
}
