/** What time this machine thinks it is, against the servers that it asks, and in China. */
import { askTime } from '../../bot/send/ask-time.ts'
import { chinaTime } from '../../china-time.ts'
import type { Config } from '../../config.ts'
import type { Check, Finding } from './check.ts'
import { hostOf } from './host-of.ts'
import { SAY } from './say.ts'
import { TELEGRAM } from './telegram.ts'

const { clock: SAID } = SAY

/** Of what a server says in whole seconds, on its way for a while, this much is surely the clock's. */
const OFF_MS = 30_000

export const clock: Check = {
  name: '时钟',
  async look({ patient: { config }, offline }) {
    const told = await Promise.all(
      (offline ? [] : servers(config)).map(async (server) => ({
        server,
        at: await askTime(server),
        now: Date.now(),
      })),
    )
    const first = told.find(({ at }) => at !== undefined)
    return [
      first ? judgeClock(first.now - first.at!, hostOf(first.server)) : SAID.unasked(),
      zone(),
    ]
  },
}

/** The ones that are asked anyway. */
const servers = (config: Config): string[] =>
  [
    config.TELEGRAM_BOT_TOKEN && (config.TELEGRAM_API_ROOT ?? TELEGRAM),
    config.OPENAI_BASE_URL,
    config.EMBEDDING_BASE_URL,
    ...(config.QDRANT_URL ?? []),
  ].filter((server) => server !== undefined)

export function judgeClock(aheadMs: number, host: string): Finding {
  const seconds = Math.round(Math.abs(aheadMs) / 1_000)
  return seconds * 1_000 > OFF_MS
    ? SAID.off(`${aheadMs > 0 ? '快' : '慢'} ${spanText(seconds)}`, host)
    : SAID.right(spanText(seconds), host)
}

const UNITS = [
  [86_400, '天'],
  [3_600, '小时'],
  [60, '分钟'],
] as const

/** In the largest unit of which there are two or more. */
function spanText(seconds: number): string {
  const [length, unit] = UNITS.find(([size]) => seconds >= 2 * size) ?? [1, '秒']
  return `${Math.round(seconds / length)} ${unit}`
}

function zone(): Finding {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions()
  try {
    return SAID.zone(timeZone, chinaTime(Date.now()))
  } catch {
    return SAID.noZone()
  }
}
