import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { oneOf, seededRandom } from '../support/seeded-random.ts'

/** So many files lie there, more or less. */
const FILES = 40
const MOST_PAUSE_MS = 1_000

/** A folder in which files are put in, changed, moved and taken out all the time, unless it rests. */
export function churn(folder: string, seed: number) {
  const random = seededRandom(seed)
  const stopped = new AbortController()
  const names = () => readdirSync(folder)
  let changes = 0
  let isResting = true
  mkdirSync(folder, { recursive: true })
  const letter = () => String.fromCodePoint(0x4e00 + Math.floor(random() * 3000))
  const sentence = () => `${Array.from({ length: 20 }, letter).join('')}。`
  /** Articles that are alike in nothing. */
  const write = (name: string) =>
    writeFileSync(join(folder, name), Array.from({ length: 6 }, sentence).join(''))
  for (let n = 0; n < FILES; n++) write(`first-${n}.txt`)
  const done = change()

  async function change(): Promise<void> {
    while (!stopped.signal.aborted) {
      await sleep(random() * MOST_PAUSE_MS)
      if (isResting) continue
      const what = random()
      const one = oneOf(names(), random)
      if (what < 0.4) write(one)
      else if (what < 0.6) renameSync(join(folder, one), join(folder, `moved-${changes}.txt`))
      else if (random() * 2 * FILES > names().length) write(`new-${changes}.txt`)
      else rmSync(join(folder, one))
      changes++
    }
  }

  return {
    changes: () => changes,
    rest: (rests: boolean) => void (isResting = rests),
    async stop(): Promise<void> {
      stopped.abort()
      await done
    },
  }
}
