/** People who follow something, the ingest that brings it, and what they were told. */
import { once } from 'node:events'
import { spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chinaDay, chinaHour } from '../../../src/china-time.ts'
import { shiftDate } from '../shift-date.ts'
import type { Served } from './harness.ts'
import type { Room } from './room.ts'

const INGEST = fileURLToPath(new URL('../../../src/cli/ingest.ts', import.meta.url))
/** None that the crowd asks about: what is brought beside would change its answers. */
const MATTERS = ['渡船停靠', '茶园灌溉', '菜市场改造', '养蜂培训', '校车线路'] as const
const HOUR_MS = 3600 * 1000
/** An ingest, and two looks at what it left. */
const NEWS_MS = 120_000

const isNews = ({ from, text }: Room['messages'][number]) =>
  from.is_bot && (text?.startsWith('您关注的') ?? false)
const newsIn = ({ messages }: Room) => messages.filter(isNews)

/** So many people, each of whom follows one of five matters. Nobody is told anything at night, so there it is noon. */
export function gatherFollowers(
  { api, dir, settings }: Pick<Served, 'api' | 'dir' | 'settings'>,
  count: number,
  papers: string = join(dir, 'papers'),
) {
  let shift = chinaHour(Date.now()) < 9 || chinaHour(Date.now()) > 20 ? 12 * HOUR_MS : 0
  shiftDate(() => shift)
  const all = Array.from({ length: count }, (_, i) => ({
    room: api.person(30_000 + i),
    matter: MATTERS[i % MATTERS.length]!,
  }))
  const timesOf = (issue: number) =>
    all.map(({ room }) => newsIn(room).filter(({ text }) => text!.includes(titleOf(issue))).length)
  const told = (issue: number) => timesOf(issue).reduce((sum, n) => sum + n, 0)
  const reached = (issue: number) => timesOf(issue).filter((n) => n > 0).length
  let issues = 0

  function print(): number {
    mkdirSync(papers, { recursive: true })
    writeFileSync(join(papers, `${++issues}.jsonl`), printed(issues))
    return issues
  }

  return {
    /** All follow something, and it was said to them. */
    async follow(): Promise<void> {
      for (const { room, matter } of all) room.write(`/follow ${matter}`)
      for (const { room } of all) {
        const { text } = await room.next(60_000)
        if (!text?.includes('已关注')) throw new Error(`Not followed: ${text}`)
      }
    },
    /** Puts an article for each matter into the folder of the papers, and gives which issue it is. */
    print,
    /** `npm run ingest` brings an article for each matter. */
    async bring(): Promise<void> {
      print()
      const options = { env: { ...process.env, ...settings } }
      const child = spawn(process.execPath, [INGEST, papers], options)
      let said = ''
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (data: Buffer) => void (said += data.toString('utf8')))
      const [code] = await once(child, 'close')
      if (code !== 0) throw new Error(`Nothing was brought: ${said}`)
    },
    /** How many messages told what the so manieth ingest brought, copies included. */
    told,
    /** Waits until so many were told it. */
    untilTold: (issue: number, most: number = count) =>
      api.until(() => reached(issue) >= most, NEWS_MS).catch(() => {}),
    /** It is the next day at the same hour, as the bot hears. */
    async nextDay(): Promise<void> {
      shift += 24 * HOUR_MS
      const { room } = all[0]!
      room.write('/help')
      await api.until(() => room.messages.at(-1)?.from.is_bot === true, NEWS_MS)
    },
    reached,
    /** How much was told of what others follow. */
    ofAnother: () =>
      all.flatMap(({ room, matter }) =>
        newsIn(room).filter(({ text }) => !text!.startsWith(`您关注的“${matter}”`)),
      ).length,
    count,
  }
}

export type Followers = ReturnType<typeof gatherFollowers>

const titleOf = (issue: number) => `第${issue}号：`

const printed = (issue: number) =>
  MATTERS.map((matter) =>
    JSON.stringify({
      publication: '渡口日报',
      title: `${titleOf(issue)}${matter}办法公布`,
      text: `今年起对${matter}给予扶持，居民可以报名。${matter}每年安排${issue}批，由第${issue}服务站办理。`,
      date: chinaDay(Date.now()),
      place: '濮阳市',
    }),
  ).join('\n')
