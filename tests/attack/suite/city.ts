/** All that a city runs, on one data directory, killed while everything is under way; and its backups. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { isDeepStrictEqual } from 'node:util'
import { freePort } from '../../../src/cli/bench/free-port.ts'
import { backupsIn } from '../../../src/backup/kept-backups.ts'
import { openBackup } from '../../../src/backup/open-backup.ts'
import { lookInto } from '../../../src/database/look-into.ts'
import { parseJson } from '../../../src/parse-json.ts'
import { readWatchState } from '../../../src/ingest/watch/watch-state.ts'
import {
  QUESTIONS,
  askSteadily,
  doubledIn,
  outOfOrderIn,
  sayingIn,
} from '../../support/bot-api/asking.ts'
import { createCrowd } from '../../support/bot-api/crowd.ts'
import { gatherFollowers } from '../../support/bot-api/followers.ts'
import { type Settings, serveBot, spawnBot } from '../../support/bot-api/harness.ts'
import { oneOf, seededRandom } from '../../support/seeded-random.ts'
import { stateIn } from '../../support/state.ts'
import { type Attack, type AttackOptions, type Measured, shareOf } from '../attack.ts'
import { drained, roomsOf } from '../bot.ts'
import { churn } from '../churn.ts'
import { UNANSWERED, asksOnWeb, readers, repliesTo, staff } from '../city-people.ts'
import { articlesOf, damagedIn, missingFrom, placeless } from '../compare.ts'
import { keepUp } from '../keep-up.ts'
import { PATIENCE_MS, again, until } from '../patience.ts'
import { askApi } from '../web-load.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const program = (name: string) => join(ROOT, 'src', name)
const KILLS = 200
const KILL_EVERY_MS = 2_000
const RATE = 4
const CHATS = 60
const FOLLOWERS = 40
const BROWSERS = 6
const BACKUPS_KEPT = 5
/** A backup takes some two seconds of this. */
const BACKUP_EVERY_MS = 5_000
/** A backup is killed at a moment so long after it began, at most. */
const BACKUP_MS = 2_500
/** So long files change, and so long they rest. */
const CHURN_MS = 25_000
const REST_MS = 35_000
const SECRETS = { DESK_TOKEN: 'open sesame', API_TOKEN: 'open-sesame' }

export const attack: Attack = {
  name: 'city',
  does: `Kills bot, web server, watching ingest and backup at ${KILLS} random moments on one data directory, while ${CHATS} chats and ${BROWSERS} browsers ask, people follow what comes, staff reply, and files are put in, changed, moved and taken out; then restores a backup taken under load.`,
  promises:
    'Nothing is lost; only what was being sent when its sender was killed comes twice; the index is what a fresh one of the folder would be; each database is whole, each backup that ended can be restored, and answers what was answered when it was taken, byte for byte.',
  async run(options) {
    const folder = mkdtempSync(join(tmpdir(), 'wence-city-'))
    try {
      return await attacked(folder, options)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

async function attacked(folder: string, options: AttackOptions): Promise<Measured[]> {
  const { say } = options
  const at = (name: string) => join(folder, name)
  const port = String(await freePort())
  const url = `http://127.0.0.1:${port}`
  for (const name of ['papers', 'tmp', 'backups']) mkdirSync(at(name))
  await using served = await serveBot('polling', { LOG_LEVEL: 'warn', ...SECRETS })
  const { api, dir: data } = served
  const shared: Settings = {
    ...served.settings,
    TELEGRAM_BOT_TOKEN: '',
    TELEGRAM_API_ROOT: '',
    TMPDIR: at('tmp'),
    NODE_COMPILE_CACHE: join(tmpdir(), 'wence-attack-compiled'),
  }
  const asWeb: Settings = { ...shared, WEB_CHAT: '1', PUBLIC_URL: url, PORT: port }
  const asBot: Settings = { ...shared, ...served.settings, PORT: String(await freePort()) }
  const random = seededRandom(options.share * KILLS)
  const run = async (name: string, given: readonly string[], home = data) => {
    const child = spawn(process.execPath, [program(name), ...given], {
      env: { ...process.env, ...shared, WENCE_DATA_DIR: home },
    })
    const [said, why, [code]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'close'),
    ])
    if (code !== 0) throw new Error(`${name} ended with ${String(code)}: ${why}`)
    return said
  }

  cpSync(join(ROOT, 'seeds'), at('papers/seeds'), { recursive: true })
  const files = churn(at('papers/day'), 1)
  await run('cli/ingest.ts', [at('papers')])
  const bot = keepUp(() => spawnBot(asBot, program('main.ts')))
  const web = keepUp(() => spawnBot(asWeb, program('main.ts')))
  const watcher = keepUp(() =>
    spawnBot(shared, program('cli/ingest.ts'), ['--watch', at('papers')]),
  )
  const nightly = ['--keep', String(BACKUPS_KEPT), at('backups')]
  const backup = keepUp(
    () => spawnBot(shared, program('cli/backup.ts'), nightly),
    () => random() * 2 * BACKUP_EVERY_MS,
  )
  const all = { bot, web, watcher, backup }
  /** Nothing changes any more, and all that did was read. */
  const rest = async () => {
    files.rest(true)
    const since = trueNow()
    await until(async () => {
      const [state, pid] = [readWatchState(data), await watcher.pid()]
      return state?.pid === pid && state?.waiting === 0 && (state.lookedAt ?? 0) > since
    })
  }

  await api.until(() => api.updates.isPolled(), PATIENCE_MS)
  const rooms = roomsOf(served, CHATS)
  const crowd = createCrowd(served)
  const followers = gatherFollowers(served, FOLLOWERS, at('papers/issues'))
  await followers.follow()
  say('killed while it is asked')
  const stopped = new AbortController()
  const { signal } = stopped
  const asking = askSteadily(rooms, RATE, { beside: crowd.beside })
  const wanted = readers(api, signal)
  const onWeb = Array.from({ length: BROWSERS }, (_, n) => asksOnWeb(url, n, signal))
  const desk = staff(url, data, SECRETS.DESK_TOKEN)

  const isKilled = new AbortController()
  const issues = news()
  /** An issue a day. People are told of an index at rest, so files change and rest in turn. */
  async function news(): Promise<number> {
    for (let issue = 0; ;) {
      files.rest(false)
      await sleep(CHURN_MS, undefined, { signal: isKilled.signal }).catch(() => {})
      if (isKilled.signal.aborted) return issue
      files.rest(true)
      if (issue === 0 || followers.reached(issue) === FOLLOWERS) {
        // Who is killed then says so later.
        if (issue > 0) await followers.nextDay().catch(() => {})
        issue = followers.print()
      }
      await sleep(REST_MS, undefined, { signal: isKilled.signal }).catch(() => {})
    }
  }

  const doubled: number[] = []
  const kills = shareOf(KILLS, options)
  for (let n = 0; n < kills; n++) {
    await sleep(random() * 2 * KILL_EVERY_MS)
    const victim = oneOf([bot, bot, web, web, watcher, watcher, backup], random)
    const before = doubledIn(rooms)
    await victim.kill(victim === backup ? random() * BACKUP_MS : 0)
    doubled.push(doubledIn(rooms) - before)
    if (n % 10 === 9)
      say(`${n + 1} kills, ${asking.count()} asked, ${files.changes()} files changed`)
  }
  isKilled.abort()
  const told = await issues
  await rest()
  await followers.untilTold(told)

  say('a backup while it is asked')
  const questions = [
    ...QUESTIONS,
    '渡船停靠每年安排几批？',
    '环评能不能几家一起办？',
    '厂子接电要交钱吗？',
    UNANSWERED,
  ].map((question) => question.toWellFormed())
  const answers = async (from = url) => {
    const found: string[] = []
    for (const question of questions)
      found.push(await again(() => askApi(from, SECRETS.API_TOKEN, question)))
    return found
  }
  await backup.stop()
  // What was killed last is cleared away the next night.
  await run('cli/backup.ts', nightly)
  const answered = await answers()
  const before = stateIn(data, STATE)
  const last = at('last.tar')
  await run('cli/backup.ts', [last])
  const after = stateIn(data, STATE)
  const answeredStill = await answers()

  say('ends')
  await asking.stop()
  stopped.abort()
  const lost = await drained(rooms, PATIENCE_MS)
  const onTheWeb = (await Promise.all(onWeb)).flat()
  const wants = await wanted
  const replied = () => wants.filter((one) => repliesTo(one).length > 0).length
  await until(() => replied() === wants.length)
  desk.stop()
  await desk.done
  await files.stop()
  const exits = await Promise.all([bot.stop(), web.stop(), watcher.stop()])
  for (const [name, one] of Object.entries(all)) say(`${name}: ${summary(one.logged())}`)

  say('looks at what is left')
  const left = leftIn(data)
  const mine = articlesOf(await run('cli/articles.ts', ['--json']))
  await run('cli/ingest.ts', [at('papers')], at('fresh'))
  const fresh = articlesOf(await run('cli/articles.ts', ['--json'], at('fresh')))
  const kept = lookInto(join(data, 'conversations.sqlite'), (db) =>
    db.prepare('SELECT question, count(*) times FROM asked GROUP BY question').all(),
  )
  const timesKept = new Map(kept.map(({ question, times }) => [String(question), Number(times)]))
  const tally = crowd.tally(rooms)

  say('restores')
  const broken: string[] = []
  const backups = backupsIn(at('backups'))
  for (const name of backups) {
    await run('cli/restore.ts', [join(at('backups'), name)], at(name))
    broken.push(...damagedIn(at(name)).map((damage) => `${name}: ${damage}`))
  }
  // Another machine has none of the files that were read.
  renameSync(at('papers'), at('gone'))
  await openBackup(last).unpack(at('unpacked'))
  await run('cli/restore.ts', [last], at('restored'))
  const inBackup = stateIn(at('unpacked'), STATE)
  const restored = stateIn(at('restored'), STATE)
  const elsewhere = keepUp(() =>
    spawnBot({ ...asWeb, WENCE_DATA_DIR: at('restored') }, program('main.ts')),
  )
  const answeredElsewhere = await answers()
  await elsewhere.stop()

  const deaths = Object.values(all).flatMap((one) => one.ended().filter(({ code }) => code !== 0))
  for (const { code, logged } of deaths) say(`ended by itself with ${code}: ${logged.slice(-500)}`)
  const none = (what: string, found: readonly unknown[]): Measured => ({
    what,
    value: [found.length, ...found.slice(0, 3).map(String)].join(', '),
    kept: found.length === 0,
  })
  const atMost = (what: string, value: number, most: number): Measured => ({
    what: `${what} (at most ${most})`,
    value,
    kept: value <= most,
  })
  const zero = (what: string, value: number) => ({ what, value, kept: value === 0 })
  const toldOf = Array.from({ length: told }, (_, n) => n + 1)
  const sum = (of: (issue: number) => number) => toldOf.reduce((total, n) => total + of(n), 0)
  const keptOf = (question: string) => timesKept.get(question) ?? 0
  const gained = mine.filter((one) => !fresh.includes(one))
  const missed = fresh.filter((one) => !mine.includes(one))
  return [
    {
      what: 'killed',
      value: Object.entries(all)
        .map(([name, one]) => `${name} ${one.kills()}`)
        .join(', '),
    },
    none(
      'ended by themselves',
      deaths.map(({ code }) => code),
    ),
    {
      what: 'told to end, ended with',
      value: exits.join(', '),
      kept: exits.every((code) => code === 0),
    },
    { what: 'asked in chats', value: asking.count() },
    zero('lost', lost),
    atMost('came twice', doubledIn(rooms), bot.kills()),
    { what: 'came twice between two kills, at most', value: Math.max(...doubled) },
    zero('chats out of order', outOfOrderIn(rooms)),
    { what: 'given up, told so', value: sayingIn(rooms, '试了几次都没能答完') },
    { what: 'thumbs', value: tally.judged },
    // One under the first of two copies counts for none: it was never noted as sent.
    atMost('thumbs not counted', Math.max(0, tally.thumbsNotCounted), bot.kills()),
    { what: 'issues that people follow, told to each of them', value: `${told}, ${FOLLOWERS}` },
    zero(
      'not told',
      sum((n) => FOLLOWERS - followers.reached(n)),
    ),
    atMost(
      'news that came twice',
      sum((n) => followers.told(n) - followers.reached(n)),
      bot.kills(),
    ),
    zero('told of what others follow', followers.ofAnother()),
    { what: 'replies of staff that were wanted', value: wants.length },
    zero('not delivered', wants.length - replied()),
    atMost(
      'delivered twice',
      wants.reduce((n, one) => n + Math.max(0, repliesTo(one).length - 1), 0),
      bot.kills(),
    ),
    { what: 'asked on the web', value: onTheWeb.length },
    none(
      'of these not kept',
      onTheWeb.filter((question) => keptOf(question) === 0),
    ),
    atMost('kept twice', onTheWeb.filter((question) => keptOf(question) > 1).length, web.kills()),
    { what: 'changes of files', value: files.changes() },
    { what: 'articles in the index', value: mine.length },
    none('that a fresh index has and this one has not', missed),
    none('that this one has and a fresh index has not', gained),
    none('databases with damage', damagedIn(data)),
    none('left behind in the data directory', left),
    none(
      'left behind by backups',
      readdirSync(at('backups')).filter((name) => !name.endsWith('.tar')),
    ),
    none('left behind in the folder for what is on its way', readdirSync(at('tmp'))),
    {
      what: 'backups that ended, and were killed',
      value: `${backup.ended().filter(({ code }) => code === 0).length}, ${backup.kills()}`,
    },
    { what: 'restored, of the last that ended', value: backups.length, kept: backups.length > 0 },
    none('databases of these with damage', broken),
    none(
      'rows that were there before and after and are not in the backup',
      missingFrom(inBackup, before, after),
    ),
    none(
      'files restored that are not as in the backup',
      restored
        .filter(
          (one) =>
            !isDeepStrictEqual(
              placeless(one),
              placeless(inBackup.find(({ name }) => name === one.name)),
            ),
        )
        .map(({ name }) => name),
    ),
    none(
      'answers that changed while it was taken',
      answeredStill.filter((one, n) => one !== answered[n]),
    ),
    none(
      `of ${questions.length} answers from what was restored, not equal to the byte`,
      answeredElsewhere.filter((one, n) => one !== answered[n]),
    ),
  ]
}

const STATE = ['conversations.sqlite', 'desk.sqlite', 'ingest.sqlite']

/** The clock of this process is the people's, who live a day a minute. */
const trueNow = () => performance.timeOrigin + performance.now()

/** How often each line stands in a log that is not of every day. */
function summary(logged: string): string {
  const lines = new Map<string, number>()
  for (const line of logged.split('\n').filter(Boolean)) {
    const { level = '', msg = line, err } = Object(parseJson(line))
    const said = `${level} ${msg} ${err?.message ?? ''}`.replaceAll(/\d+/gu, '#').slice(0, 160)
    lines.set(said, (lines.get(said) ?? 0) + 1)
  }
  return [...lines].map(([line, times]) => `\n    ${times} × ${line}`).join('')
}

/** What nobody who ended in order leaves. */
const leftIn = (data: string): string[] => readdirSync(data).filter((name) => !EXPECTED.test(name))

const EXPECTED =
  /^(?:(?:conversations|desk|fetch|index|ingest|vectors)\.sqlite(?:\.whole|\.backup)?|[\w.]+\.lock\.sqlite|words|fetched|(?:watch|backup)\.json)$/u
