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
const MATTERS = ['渡船补贴', '茶园补贴', '菜市场补贴', '养蜂补贴', '校车补贴'] as const
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
) {
  let shift = chinaHour(Date.now()) < 9 || chinaHour(Date.now()) > 20 ? 12 * HOUR_MS : 0
  shiftDate(() => shift)
  const all = Array.from({ length: count }, (_, i) => ({
    room: api.person(30_000 + i),
    matter: MATTERS[i % MATTERS.length]!,
  }))
  const told = () => all.reduce((sum, { room }) => sum + newsIn(room).length, 0)
  let issues = 0

  return {
    /** All follow something, and it was said to them. */
    async follow(): Promise<void> {
      for (const { room, matter } of all) room.write(`/follow ${matter}`)
      for (const { room } of all) {
        const { text } = await room.next(60_000)
        if (!text?.includes('已关注')) throw new Error(`Not followed: ${text}`)
      }
    },
    /** `npm run ingest` brings an article for each matter; gives its exit code. */
    async bring(): Promise<number> {
      const papers = join(dir, 'papers')
      mkdirSync(papers, { recursive: true })
      writeFileSync(join(papers, `${++issues}.jsonl`), printed(issues))
      const options = { env: { ...process.env, ...settings }, stdio: 'ignore' as const }
      const [code] = await once(spawn(process.execPath, [INGEST, papers], options), 'close')
      return Number(code)
    },
    /** How many pieces of news were told, over all. */
    told,
    untilTold: (most: number) => api.until(() => told() >= most, NEWS_MS).catch(() => {}),
    /** It is the next day at the same hour, as the bot hears. */
    async nextDay(): Promise<void> {
      shift += 24 * HOUR_MS
      const { room } = all[0]!
      room.write('/help')
      await api.until(() => room.messages.at(-1)?.from.is_bot === true)
    },
    /** How often each was told something, and how much of that was of another's matter. */
    tally: () => ({
      times: all.map(({ room }) => newsIn(room).length),
      ofAnother: all.flatMap(({ room, matter }) =>
        newsIn(room).filter(({ text }) => !text!.startsWith(`您关注的“${matter}”`)),
      ).length,
    }),
    count,
  }
}

export type Followers = ReturnType<typeof gatherFollowers>

const printed = (issue: number) =>
  MATTERS.map((matter) =>
    JSON.stringify({
      publication: '渡口日报',
      title: `第${issue}号：${matter}办法公布`,
      text: `今年起对${matter}调整标准，申请人须在规定期限内提交材料。${matter}每年${issue}万元，由第${issue}服务站发放。`,
      date: chinaDay(Date.now()),
      place: '濮阳市',
    }),
  ).join('\n')
