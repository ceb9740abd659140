/** One ingest at a time writes to a data directory. */
import { hostname } from 'node:os'
import { basename, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { chinaTime } from '../china-time.ts'
import { clock } from '../clock.ts'
import type { Config } from '../config.ts'
import { type Hold, holderOf, takeHold } from '../database/hold.ts'
import { checkDataDirectory } from './data-directory.ts'

const LOOK_MS = 200
/** So much of what a process was called with is told. */
const MOST_ARGUMENTS = 80

export interface IngestTurn {
  /** Takes the turn, or says who has it, to whom waits, once of each. */
  readonly take: () => Hold | undefined
  /** Lets a moment pass. */
  readonly wait: () => Promise<void>
}

/** The turn to ingest: what ended with a process is free again. */
export function ingestTurn(
  config: Config,
  tell: (line: string) => void = console.error,
): IngestTurn {
  checkDataDirectory(config.WENCE_DATA_DIR)
  let told: string | undefined
  return {
    take() {
      const hold = takeHold(fileOf(config), ourselves())
      if (hold && told !== undefined) tell('It has ended; going on.')
      if (hold) return hold
      const who = underWay(config)
      if (who !== told) tell(`${who} Waiting until it is done …`)
      told = who
      return undefined
    },
    wait: () => sleep(LOOK_MS),
  }
}

/**
 * Does work as the one that ingests, once it has the turn.
 * @throws Error with a sentence that says who has it, when that lasts longer than `patienceMs`.
 */
export async function inIngestTurn<T>(
  config: Config,
  work: () => Promise<T>,
  { patienceMs = Number.POSITIVE_INFINITY, tell }: InTurnOptions = {},
): Promise<T> {
  const turn = ingestTurn(config, tell)
  const end = performance.now() + patienceMs
  for (;;) {
    const hold = turn.take()
    if (hold) return work().finally(hold.release)
    if (performance.now() > end) throw new Error(`${underWay(config)} Try again when it is done.`)
    await turn.wait()
  }
}

interface InTurnOptions {
  readonly patienceMs?: number
  readonly tell?: (line: string) => void
}

const fileOf = ({ WENCE_DATA_DIR }: Config) => join(WENCE_DATA_DIR, 'ingest.lock.sqlite')

const underWay = (config: Config) =>
  `Another ingest is under way: ${holderOf(fileOf(config)) ?? 'one that has just begun'}.`

/** Who we are, to whoever waits for us; numbers of processes are a machine's own, or a container's. */
function ourselves(): string {
  const [, file = '', ...given] = process.argv
  const name = process.env['npm_lifecycle_event'] ?? basename(file, '.ts')
  const command = /^(?:main|start)$/u.test(name) ? 'npm start' : `npm run ${name}`
  const called = [command, ...given].join(' ').slice(0, MOST_ARGUMENTS).toWellFormed()
  return `${called} (process ${process.pid} at ${hostname()}, since ${chinaTime(clock.now())})`
}
