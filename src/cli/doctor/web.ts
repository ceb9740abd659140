/** What is served over HTTP: whether it runs here, who has its port, and whether people reach it. */
import { z } from 'zod'
import { boundedFetch } from '../../bounded-fetch.ts'
import type { Config } from '../../config.ts'
import { INSTALLATION, installationOf } from '../../installation.ts'
import { codeOf } from '../../endpoint/unreached.ts'
import { isContained } from '../called.ts'
import { DEFAULT_PORT, wantsHttp } from '../open-http.ts'
import type { Check, Finding } from './check.ts'
import { hostOf } from './host-of.ts'
import { SAY } from './say.ts'
import { shown } from './shown.ts'
import { whoListens } from './who-listens.ts'

const { web: SAID } = SAY

export const web: Check = {
  name: '网页',
  async look({ patient: { config }, offline, signal }) {
    // A bot says how it is whatever else is set.
    if (!wantsHttp(config) && !config.TELEGRAM_BOT_TOKEN) return []
    const { PUBLIC_URL: url } = config
    const [here, reached] = await Promise.all([
      onPort(config, signal),
      url === undefined || offline ? [] : fromOutside(url, signal),
    ])
    return [...here, ...reached, ...trust(config)]
  },
}

async function onPort(
  { PORT, LISTEN_ADDRESS, WENCE_DATA_DIR }: Config,
  signal: AbortSignal,
): Promise<Finding[]> {
  const port = PORT || DEFAULT_PORT
  const host = LISTEN_ADDRESS ?? '127.0.0.1'
  const started = performance.now()
  const at = `http://${host.includes(':') ? `[${host}]` : host}:${port}`
  try {
    if (!(await isOurs(at, signal))) return [SAID.taken(port, by(port))]
    const ready = await get(`${at}/readyz`, signal)
    const installation = ready.headers.get(INSTALLATION)
    if (installation !== null && installation !== installationOf(WENCE_DATA_DIR))
      return [SAID.other(port, by(port))]
    return judgeStates(port, States.parse(await ready.json()))
  } catch (error) {
    if (codeOf(error) === 'ECONNREFUSED') return [SAID.free(port, isContained())]
    if (!signal.aborted && !/TIMED?OUT$/u.test(codeOf(error) ?? ''))
      return [SAID.taken(port, by(port))]
    return [SAID.silent(port, by(port), Math.ceil((performance.now() - started) / 1_000))]
  }
}

/** What /readyz says of each part: what is not well, with why. */
const States = z.record(
  z.string(),
  z.union([z.boolean(), z.object({ state: z.string(), why: z.string().optional() })]),
)

function judgeStates(port: number, states: z.infer<typeof States>): Finding[] {
  const parts = Object.values(states).filter((part) => typeof part === 'object')
  const ill = parts.flatMap(({ state, why }) =>
    why === undefined
      ? []
      : [(state === 'failed' ? SAID.notReady : SAID.degraded)(port, shown(why))],
  )
  return ill.length > 0 ? ill : [SAID.serves(port)]
}

const by = (port: number) => {
  const who = whoListens(port)
  return who === undefined ? '' : `：${who}`
}

async function fromOutside(url: string, signal: AbortSignal): Promise<Finding[]> {
  const host = hostOf(url)
  try {
    return [
      (await isOurs(url, signal))
        ? SAID.publicWorks(host)
        : SAID.publicFails(host, '，回答的不是本程序'),
    ]
  } catch (error) {
    const code = codeOf(error)
    return [SAID.publicFails(host, code ? `，${code}` : '')]
  }
}

/** In a container the proxy is another machine. */
export function trust(
  { PUBLIC_URL, TRUSTED_PROXIES }: Config,
  contained = isContained(),
): Finding[] {
  return contained && PUBLIC_URL !== undefined && TRUSTED_PROXIES.length === 0 ? [SAID.trust()] : []
}

async function isOurs(root: string, signal: AbortSignal): Promise<boolean> {
  const response = await get(`${root.replace(/\/+$/u, '')}/healthz`, signal)
  return response.ok && (await response.text()).trim() === 'ok'
}

const get = (url: string, signal: AbortSignal) =>
  boundedFetch(MOST_BYTES)(url, { signal, headers: { accept: 'application/json' } })
/** Of whatever else answers. */
const MOST_BYTES = 65_536
