import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Attack, Measured } from '../attack.ts'
import { shareOf } from '../attack.ts'
import { type Bomb, makeBombs } from '../make-bombs.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))

const SECONDS = 10
const MEMORY_MB = 1024
/** The index, its tables and one file's articles. */
const PARENT_MB = 400
const LOOKED_AT_MS = 20

const HONEST =
  '市里出台办法支持企业贷款\n\n近日，市金融工作局推出信用贷款，全市20家企业获得贷款2.86亿元，最高300万元，无需抵押。\n'

export const attack: Attack = {
  name: 'bombs',
  does: 'ingests files that were made to end, hang or fill their reader, each beside an honest one',
  promises: `every bomb is read or named in one sentence, within ${SECONDS} s of a core and ${MEMORY_MB} MB, and the honest file is read`,
  async run(options) {
    const all = makeBombs()
    const count = shareOf(all.length, options)
    const step = all.length / count
    const results: Result[] = []
    for (let i = 0; i < count; i++) {
      const result = await explode(all[Math.floor(i * step)]!)
      results.push(result)
      const { name, seconds, clock, memoryMb, parentMb, told } = result
      options.say(
        `${name}: ${seconds.toFixed(1)} s of a core, ${clock.toFixed(1)} s, ${memoryMb} MB, parent ${parentMb} MB; ${told}`,
      )
    }
    return measured(results)
  },
}

interface Result {
  readonly name: string
  /** How the command ended that was to read it. */
  readonly code: number | null
  /** What was said of the bomb; null for nothing. */
  readonly told: string | null
  readonly isHonestRead: boolean
  /** Of the processor, for the process that read most; of the clock, for the whole command. */
  readonly seconds: number
  readonly clock: number
  readonly memoryMb: number
  readonly parentMb: number
}

/** Ingests a folder with a bomb and an honest file, by the command that people use. */
export async function explode({ name, make }: Bomb): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'wence-bomb-'))
  const files = join(folder, 'files')
  mkdirSync(files)
  writeFileSync(join(files, 'zz-honest.txt'), HONEST)
  make(join(files, name))
  const started = performance.now()
  const child = spawn(process.execPath, ['src/cli/ingest.ts', '--json', files], {
    cwd: root,
    env: { ...process.env, WENCE_DATA_DIR: join(folder, 'data') },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const watched = watch(child.pid!)
  const [out, , [code]] = await Promise.all([
    child.stdout.setEncoding('utf8').toArray(),
    child.stderr.setEncoding('utf8').toArray(),
    once(child, 'close'),
  ])
  const clock = (performance.now() - started) / 1000
  rmSync(folder, { recursive: true, force: true })
  const outcomes: readonly Outcome[] = out.length > 0 ? JSON.parse(out.join('')) : []
  return {
    name,
    code,
    told: toldOf(outcomes, name),
    isHonestRead: outcomes.some((o) => o.source === 'zz-honest.txt' && o.status === 'new'),
    clock,
    ...watched(),
  }
}

interface Outcome {
  readonly source: string
  readonly status: string
  readonly error?: string
  readonly reason?: string
  readonly problems?: readonly string[]
}

function toldOf(outcomes: readonly Outcome[], name: string): string | null {
  // A folder is told by what is in it, or not at all.
  const of = outcomes.find(({ source }) => source.includes(name))
  if (!of) return name === 'folder.txt' ? 'passed over' : null
  const problem = of.problems?.[0]
  return of.error ?? of.reason ?? (problem === undefined ? of.status : `${of.status}, ${problem}`)
}

/** Looks at a process and its children while they run; gives what they took at most. */
function watch(pid: number) {
  const seconds = new Map<number, number>()
  let memoryMb = 0
  let parentMb = 0
  const timer = setInterval(() => {
    parentMb = Math.max(parentMb, peakMb(pid))
    for (const child of childrenOf(pid)) {
      memoryMb = Math.max(memoryMb, peakMb(child))
      seconds.set(child, Math.max(seconds.get(child) ?? 0, secondsOf(child)))
    }
  }, LOOKED_AT_MS)
  return () => {
    clearInterval(timer)
    return { memoryMb, parentMb, seconds: Math.max(0, ...seconds.values()) }
  }
}

function childrenOf(pid: number): number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
      readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8')
        .split(' ')
        .filter(Boolean)
        .map(Number),
    )
  } catch {
    return []
  }
}

/** The most memory that a process held so far. */
function peakMb(pid: number): number {
  const kilobytes = /VmHWM:\s*(\d+)/.exec(read(`/proc/${pid}/status`))?.[1]
  return Math.round(Number(kilobytes ?? 0) / 1024)
}

const TICKS = 100
function secondsOf(pid: number): number {
  const fields = read(`/proc/${pid}/stat`).split(') ').at(-1)!.split(' ')
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / TICKS
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

function measured(results: readonly Result[]): Measured[] {
  const most = (of: (result: Result) => number) => Math.max(...results.map(of))
  const named = (of: (result: Result) => boolean) => results.filter(of).map(({ name }) => name)
  const ended = named(({ code }) => code !== 0 && code !== 1)
  const unnamed = named(({ told }) => told === null || told.includes('\n'))
  const unread = named(({ isHonestRead }) => !isHonestRead)
  const seconds = most((result) => result.seconds)
  const memoryMb = most((result) => result.memoryMb)
  const parentMb = most((result) => result.parentMb)
  const list = (names: readonly string[]) => [names.length, ...names].join(' ')
  return [
    { what: 'bombs', value: results.length },
    { what: 'that ended the command', value: list(ended), kept: ended.length === 0 },
    { what: 'of which nothing was said', value: list(unnamed), kept: unnamed.length === 0 },
    {
      what: 'beside which the honest file was not read',
      value: list(unread),
      kept: unread.length === 0,
    },
    { what: 'seconds of a core, at most', value: seconds, kept: seconds <= SECONDS },
    {
      what: 'seconds of the clock for a command, at most',
      value: Math.round(most(({ clock }) => clock) * 10) / 10,
    },
    { what: 'MB of what reads, at most', value: memoryMb, kept: memoryMb <= MEMORY_MB },
    { what: 'MB of what asks, at most', value: parentMb, kept: parentMb <= PARENT_MB },
  ]
}
