/** What says how it is: whether it is alive, whether it can answer, and figures for Prometheus. */
import { type Context, Hono } from 'hono'
import { chinaTime } from '../china-time.ts'
import { INSTALLATION } from '../installation.ts'
import type { Metrics } from '../metrics/metrics.ts'
import { sameSecret } from '../same-secret.ts'
import { PARTS, type Part, type State, type States, canAnswer } from '../troubles.ts'
import { clientOf, isLoopback, isPrivate } from './client.ts'
import { isLoopbackName } from './own-pages.ts'
import { createSlowdown } from './slowdown.ts'

export interface ProbesDeps {
  /** How each part is just now. */
  readonly look: () => Promise<States>
  readonly metrics: Pick<Metrics, 'read'>
  /** What reads the figures from elsewhere than this machine; without one, nothing does. */
  readonly token?: string | undefined
  /** Which installation it is, told to whoever is told why. */
  readonly installation?: string
}

const NAMES: Readonly<Record<Part, string>> = {
  index: '索引',
  model: '模型',
  embedding: '向量',
  telegram: 'Telegram',
  storage: '存储',
}

/** `/healthz`, `/readyz` and `/metrics`; each is answered anew. */
export function probes({ look, metrics, token, installation }: ProbesDeps): Hono {
  const slowdown = createSlowdown()
  return new Hono()
    .use(async (c, next) => {
      await next()
      c.header('cache-control', 'no-store')
    })
    .get('/healthz', (c) => c.text('ok'))
    .get('/readyz', async (c) => {
      const known = await look()
      const isTold = isNear(c) || showsToken(c)
      const states = isTold ? known : withoutWhy(known)
      const ready = canAnswer(states)
      const status = ready ? 200 : 503
      c.header('vary', 'accept')
      if (installation !== undefined && isTold) c.header(INSTALLATION, installation)
      return c.req.header('accept')?.includes('application/json')
        ? c.json({ ready, ...toldStates(states) }, status)
        : c.text([ready ? 'ready' : 'not ready', ...linesOf(states), ''].join('\n'), status)
    })
    .get('/metrics', async (c) => {
      if (!isHere(c) && !showsToken(c)) return c.notFound()
      const { type, text } = await metrics.read()
      return c.body(text, 200, { 'content-type': type })
    })

  function showsToken(c: Context): boolean {
    const [, given] = /^Bearer +(\S+) *$/i.exec(c.req.header('authorization') ?? '') ?? []
    if (token === undefined || given === undefined) return false
    const client = clientOf(c)
    if (slowdown.wait(client) > 0) return false
    const isRight = sameSecret(given, token)
    if (isRight) slowdown.right(client)
    else slowdown.wrong(client)
    return isRight
  }
}

/** What a proxy passes on is from anybody. */
const isDirect = (c: Context) =>
  ['x-forwarded-for', 'forwarded', 'via', 'x-real-ip'].every(
    (name) => c.req.header(name) === undefined,
  )

/** Whether it comes from this machine. */
const isHere = (c: Context) => isLoopback(clientOf(c)) && isLoopbackName(c) && isDirect(c)

/** Whether it comes from this machine or its network, as from a container's host. */
const isNear = (c: Context) => isDirect(c) && (isLoopback(clientOf(c)) || isPrivate(clientOf(c)))

/** The reasons name servers of ours. */
function withoutWhy(states: States): States {
  const told = (state: State) => ('why' in state ? { ...state, why: NOT_HERE } : state)
  return { ...states, ...Object.fromEntries(PARTS.map((part) => [part, told(states[part])])) }
}
const NOT_HERE = '原因在运行它的机器上看得到。'

function toldStates(states: States) {
  const told = (state: State) =>
    'since' in state ? { ...state, since: new Date(state.since).toISOString() } : state
  return Object.fromEntries(PARTS.map((part) => [part, told(states[part])]))
}

function linesOf(states: States): string[] {
  return PARTS.flatMap((part) => {
    const state = states[part]
    if (!('since' in state)) return state.state === 'ok' ? [`${NAMES[part]}：正常`] : []
    const what = state.state === 'failed' ? '不能回答' : '能回答，但差一些'
    return [`${NAMES[part]}：${what}，自 ${chinaTime(state.since)} 起。${state.why}`]
  })
}
