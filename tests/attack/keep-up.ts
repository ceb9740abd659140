import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import type { RunningProcess } from '../support/bot-api/harness.ts'

/** Docker's first pause before it starts again what ended. */
const RESTART_MS = 100

export type KeptUp = ReturnType<typeof keepUp>

/** A program that is started again whenever it ends, as Docker or systemd do; or `pauseMs` later, as cron does. */
export function keepUp(start: () => RunningProcess, pauseMs: () => number = () => RESTART_MS) {
  const stopped = new AbortController()
  const ended: { readonly code: number | null; readonly logged: string }[] = []
  let kills = 0
  let starting = Promise.withResolvers<RunningProcess>()
  const done = run()

  async function run(): Promise<void> {
    while (!stopped.signal.aborted) {
      const running = start()
      running.child.stdout?.resume()
      starting.resolve(running)
      await once(running.child, 'close')
      starting = Promise.withResolvers()
      ended.push({ code: running.child.exitCode, logged: running.logged() })
      await sleep(pauseMs(), undefined, { signal: stopped.signal }).catch(() => {})
    }
  }

  return {
    kills: () => kills,
    /** How each run ended that was not killed. */
    ended: () => ended.filter(({ code }) => code !== null),
    logged: () => ended.map(({ logged }) => logged).join(''),
    pid: async () => (await starting.promise).child.pid,
    /** Kills it, as soon as it runs and a moment later. */
    async kill(afterMs: number): Promise<void> {
      const running = await starting.promise
      await sleep(afterMs)
      await running.end('SIGKILL')
      if (running.child.signalCode === 'SIGKILL') kills++
    },
    /** Tells it to end, for good; gives with which code it did. */
    async stop(): Promise<number | null | undefined> {
      stopped.abort()
      const code = await Promise.race([
        starting.promise.then((running) => running.end('SIGTERM')),
        done.then(() => undefined),
      ])
      await done
      return code
    },
  }
}
