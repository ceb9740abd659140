import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  type RunningProcess,
  type Settings,
  serveBot,
  spawnBot,
} from '../support/bot-api/harness.ts'
import { unansweredIn } from '../support/bot-api/asking.ts'
import type { Room } from '../support/bot-api/room.ts'

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url))
const START_MS = 60_000

/** What stands in front of the program: options of Node's. */
export interface StartOptions {
  readonly nodeOptions?: string
}

/** The whole program by long polling, over an index of `seeds/` that is there already, behind a Bot API of ours. */
export async function openTarget(settings: Settings = {}) {
  const served = await serveBot('polling', { LOG_LEVEL: 'warn', ...settings })
  const { api } = served

  const spawn = ({ nodeOptions = '' }: StartOptions = {}): RunningProcess =>
    spawnBot(
      {
        ...served.settings,
        NODE_OPTIONS: nodeOptions,
        NODE_COMPILE_CACHE: join(tmpdir(), 'wence-attack-compiled'),
      },
      MAIN,
    )

  /** Starts it and waits until it asks for updates. */
  async function start(options?: StartOptions): Promise<RunningProcess> {
    await api.until(() => !api.updates.isPolled())
    const bot = spawn(options)
    await api.until(() => api.updates.isPolled() || bot.child.exitCode !== null, START_MS)
    if (bot.child.exitCode !== null) throw new Error(`It did not start: ${bot.logged()}`)
    return bot
  }

  await (await start()).end('SIGTERM')
  return { ...served, spawn, start }
}

export type Target = Awaited<ReturnType<typeof openTarget>>

export const roomsOf = ({ api }: Pick<Target, 'api'>, count: number): Room[] =>
  Array.from({ length: count }, (_, i) => api.person(10_000 + i))

/** Waits until everybody has an answer, and gives how many have none. */
export async function drained(rooms: readonly Room[], waitMs = 60_000): Promise<number> {
  const end = performance.now() + waitMs
  while (unansweredIn(rooms) > 0 && performance.now() < end)
    await new Promise((resolve) => setTimeout(resolve, 100))
  return unansweredIn(rooms)
}
