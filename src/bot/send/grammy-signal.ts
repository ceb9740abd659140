import type { Api } from 'grammy'

export type GrammySignal = NonNullable<Parameters<Api['getMe']>[0]>

const isGrammySignal = (signal: unknown): signal is GrammySignal => signal instanceof AbortSignal

/** grammY types signals by those of a polyfill; Node's own are the same thing. */
export function grammySignal(signal: AbortSignal): GrammySignal {
  if (!isGrammySignal(signal)) throw new TypeError('Not an AbortSignal')
  return signal
}
