/** What keeps a part from its work just now, in a sentence each for whoever runs it, and since when. */
import { clock } from './clock.ts'
import type { EndpointCall, Outcome } from './endpoint-call.ts'

export const PARTS = ['index', 'model', 'embedding', 'telegram', 'storage'] as const
export type Part = (typeof PARTS)[number]

/** What may be wrong, and with which part. */
const PART_OF = {
  disk: 'storage',
  damage: 'storage',
  index: 'index',
  model: 'model',
  embedding: 'embedding',
  token: 'telegram',
  webhook: 'telegram',
  unreachable: 'telegram',
  rival: 'telegram',
} as const satisfies Record<string, Part>
export type Trouble = keyof typeof PART_OF

/** Without these no question is answered; without the others it is answered with less. */
const NEEDED: ReadonlySet<Part> = new Set(['storage', 'index', 'telegram'])

/** What mostly passes by itself, as a lost connection or the other bot of a restart, counts after so long. */
const PASSES_MS: Partial<Record<Trouble, number>> = { unreachable: 30_000, rival: 30_000 }

/** `degraded`: questions are answered, with less. `since` is in milliseconds since 1970. */
export type State =
  | { readonly state: 'ok' | 'off' }
  | { readonly state: 'degraded' | 'failed'; readonly since: number; readonly why: string }

export type States = Readonly<Record<Part, State>>

export function createTroubles(now: () => number = clock.now) {
  const known = new Map<Trouble, { readonly why: string; readonly since: number }>()
  return {
    /** It began when it was first said, in whatever words. */
    set(trouble: Trouble, why: string): void {
      known.set(trouble, { why, since: known.get(trouble)?.since ?? now() })
    },
    delete: (trouble: Trouble): boolean => known.delete(trouble),
    has: (trouble: Trouble): boolean => known.has(trouble),
    get: (trouble: Trouble): string | undefined => known.get(trouble)?.why,
    /** How each part is, of those that there are. */
    states(parts: ReadonlySet<Part>): States {
      const stateOf = (part: Part): State => {
        if (!parts.has(part)) return { state: 'off' }
        for (const [trouble, { why, since }] of known)
          if (PART_OF[trouble] === part && now() - since >= (PASSES_MS[trouble] ?? 0))
            return { state: NEEDED.has(part) ? 'failed' : 'degraded', since, why }
        return { state: 'ok' }
      }
      return {
        index: stateOf('index'),
        model: stateOf('model'),
        embedding: stateOf('embedding'),
        telegram: stateOf('telegram'),
        storage: stateOf('storage'),
      }
    },
  }
}

export type Troubles = ReturnType<typeof createTroubles>

export const canAnswer = (states: States): boolean =>
  PARTS.every((part) => states[part].state !== 'failed')

/** What an endpoint's call says of the endpoint; others say something of what was asked, or nothing. */
const OF_ENDPOINT: Partial<Record<Outcome, string>> = {
  timeout: '没有及时回答',
  silence: '没有及时回答',
  unreachable: '连不上',
  unauthorized: '不接受密钥',
  key: '不接受密钥',
  quota: '额度用完了',
  model: '没有所设的模型',
  loading: '还在装载模型',
  rate_limited: '要求少问一些',
  server_error: '内部出错',
  bad_request: '不接受我们的请求',
  malformed: '答的不是所要的格式',
}

const ENDPOINTS = {
  chat: { trouble: 'model', text: (why: string) => `模型${why}，回答改按权重选句。` },
  embedding: { trouble: 'embedding', text: (why: string) => `向量服务${why}，检索只按字词。` },
} as const

/** Notes what a call shows of its endpoint: the last one that shows anything counts. */
export function noteCall(troubles: Troubles, { endpoint, outcome }: EndpointCall): void {
  const { trouble, text } = ENDPOINTS[endpoint]
  const why = OF_ENDPOINT[outcome]
  if (why !== undefined) troubles.set(trouble, text(why))
  else if (outcome === 'completed') troubles.delete(trouble)
}
