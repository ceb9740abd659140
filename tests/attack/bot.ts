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
import type { Crowd } from '../support/bot-api/crowd.ts'
import type { Followers } from '../support/bot-api/followers.ts'
import type { Room } from '../support/bot-api/room.ts'
import type { Measured } from './attack.ts'

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url))
const START_MS = 60_000
const SERVING = new Set(['getUpdates', 'sendMessage'])

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

  /** Starts it and waits until it serves: it asks for updates, or answers what an earlier one left. */
  async function start(options?: StartOptions): Promise<RunningProcess> {
    await api.until(() => !api.updates.isPolled())
    const before = api.calls.length
    const bot = spawn(options)
    const serves = () =>
      api.updates.isPolled() ||
      api.calls.slice(before).some(({ method }) => SERVING.has(method)) ||
      bot.child.exitCode !== null
    await api.until(serves, START_MS)
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

/** Two looks at an index at rest, and what is sent then. */
const LOOKED_MS = 25_000

/** An ingest brings more on the same day, of which nothing may be told before the next; then it is that. */
export async function bringForTomorrow(followers: Followers): Promise<void> {
  const before = followers.told()
  await followers.bring()
  await new Promise((resolve) => setTimeout(resolve, LOOKED_MS))
  if (followers.told() !== before) return
  await followers.nextDay()
  await followers.untilTold(before + followers.count)
}

/**
 * What became of those who followed something, once each of two days brought news, where so much may have come twice;
 * and of those who typed, mended and judged.
 */
export function besides(
  { crowd, followers, rooms }: { crowd: Crowd; followers: Followers; rooms: readonly Room[] },
  mayComeTwice: number,
): Measured[] {
  const none = (what: string, value: number) => ({ what, value, kept: value === 0 })
  const { times, ofAnother } = followers.tally()
  const untold = times.filter((n) => n < 2).length
  const twice = times.reduce((sum, n) => sum + Math.max(0, n - 2), 0)
  const done = crowd.tally(rooms)
  return [
    { what: 'followed, and told on each of two days', value: times.length },
    none('of these untold', untold),
    { what: 'news told twice', value: twice, kept: twice <= mayComeTwice },
    none('news of what others follow', ofAnother),
    { what: 'questions mended', value: done.mended },
    none('of these without an answer to the newer', done.tellingTheOlder),
    none('answers to another question', done.toAnother),
    { what: 'thumbs', value: done.judged },
    {
      what: 'of these not counted',
      value: done.thumbsNotCounted,
      kept: done.thumbsNotCounted <= mayComeTwice,
    },
    { what: 'typed in other chats to the end', value: done.typedLast },
    { what: 'of these shown nothing', value: done.unanswered },
    none('shown what others typed', done.toOtherWords),
    {
      what: 'latest try to show something, ms',
      value: done.latestMs,
      kept: done.latestMs < 30_000,
    },
    none('half characters sent', done.halfCharacters),
  ]
}
