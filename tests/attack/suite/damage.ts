import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PATIENTS, blowAt, filesOf, outcomeOf, prepare, strike } from '../../support/damage.ts'
import { serveBot, spawnBot } from '../../support/bot-api/harness.ts'
import { seededRandom } from '../../support/seeded-random.ts'
import { type Attack, type AttackOptions, type Measured, shareOf } from '../attack.ts'

const ROUNDS = 200
const ASKED = 20
const STARTED = 10
const ASK = fileURLToPath(new URL('../../../src/cli/ask.ts', import.meta.url))

export const attack: Attack = {
  name: 'damage',
  does: 'turns bits over and cuts files off in each database, of a process that ended and of one that was killed, and asks it twice',
  promises:
    'what it says is what it said before, or it is told what was damaged and that goes on working; never silently wrong, never a dead end',
  async run(options) {
    const folder = mkdtempSync(join(tmpdir(), 'wence-damage-'))
    try {
      const measured: Measured[] = []
      for (const patient of PATIENTS) {
        const counts = new Map<string, number>()
        for (const killed of [false, true]) {
          const home = join(folder, `${patient.name}-${killed}`)
          const prepared = await prepare(patient, home, killed)
          const files = filesOf(patient, prepared.left)
          const random = seededRandom(killed ? 2 : 1)
          for (let n = 0; n < shareOf(ROUNDS / 2, options); n++) {
            const blow = blowAt(files, random)
            const { outcome, error } = await outcomeOf(patient, prepared, blow, join(home, `${n}`))
            counts.set(outcome, (counts.get(outcome) ?? 0) + 1)
            if (outcome === 'dead end') options.say(`${JSON.stringify(blow)}: ${String(error)}`)
            if (outcome === 'silently wrong') options.say(JSON.stringify(blow))
          }
        }
        measured.push(...figuresOf(patient.name, counts))
      }
      return [
        ...measured,
        ...(await askThePrograms(folder, options)),
        ...(await startTheBot(options)),
      ]
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

function figuresOf(name: string, counts: ReadonlyMap<string, number>): Measured[] {
  const of = (outcome: string) => counts.get(outcome) ?? 0
  return [
    { what: `${name}: as before`, value: of('as before') },
    { what: `${name}: told, and going on`, value: of('told') },
    ...['silently wrong', 'dead end'].map((outcome) => ({
      what: `${name}: ${outcome}`,
      value: of(outcome),
      kept: of(outcome) === 0,
    })),
  ]
}

/** The same of the index, through `ask` as a process of its own. */
async function askThePrograms(folder: string, options: AttackOptions): Promise<Measured[]> {
  const [index] = PATIENTS
  const { left } = await prepare(index!, join(folder, 'programs'), false)
  const files = filesOf(index!, left)
  const random = seededRandom(3)
  const ask = (home: string) => {
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      [ASK, '--json', '专利质押贷款有多少？'],
      { env: { ...process.env, WENCE_DATA_DIR: home }, encoding: 'utf8' },
    )
    return { said: `${status} ${stdout.replace(/"ms":[\d.]+/, '')}`, told: stderr.includes('损坏') }
  }
  const whole = ask(left)
  const rounds = shareOf(ASKED, options)
  let [told, other] = [0, 0]
  for (let n = 0; n < rounds; n++) {
    const blow = blowAt(files, random)
    const home = join(folder, `asked-${n}`)
    cpSync(left, home, { recursive: true })
    strike({ ...blow, file: join(home, basename(blow.file)) })
    const answer = ask(home)
    if (answer.told) told++
    if (answer.said !== whole.said) {
      other++
      options.say(`${JSON.stringify(blow)}: ${answer.said.slice(0, 200)}`)
    }
    rmSync(home, { recursive: true })
  }
  return [
    {
      what: `ask, a process each: answers of ${rounds} that differ`,
      value: other,
      kept: other === 0,
    },
    { what: 'ask, a process each: index told damaged and made again', value: told },
  ]
}

/** The conversations of a bot that was killed, blow upon blow; each time it starts again and is asked. */
async function startTheBot(options: AttackOptions): Promise<Measured[]> {
  await using served = await serveBot('polling', { LOG_LEVEL: 'info' })
  const { api, dir, settings } = served
  const file = join(dir, 'conversations.sqlite')
  const random = seededRandom(4)
  const me = api.person(50_001)
  const rounds = shareOf(STARTED, options)
  let [answered, told] = [0, 0]
  for (let n = 0; n <= rounds; n++) {
    if (n > 0)
      strike(
        blowAt(
          [file, `${file}-wal`].filter((path) => existsSync(path)),
          random,
        ),
      )
    const bot = spawnBot(settings)
    me.write('企业用电报装要多久？')
    const reply = await me.next(20_000).catch((error: unknown) => options.say(String(error)))
    if (n > 0 && reply?.text?.includes('一个工作日')) answered++
    if (bot.logged().includes('已损坏')) told++
    await bot.end('SIGKILL')
  }
  return [
    {
      what: `bot started ${rounds} times on damaged conversations: answers`,
      value: answered,
      kept: answered === rounds,
    },
    { what: 'bot: damage told in its log', value: told },
  ]
}
