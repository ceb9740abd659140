import type { BotApi } from '../support/bot-api/bot-api.ts'
import type { Room } from '../support/bot-api/room.ts'

/**
 * How long each message waited for its answer, in milliseconds, the shortest first; Infinity for one that got
 * none. `asked` has of each room when its messages were written. Of one chat all is answered in order, each
 * by one message.
 */
export function delaysOf(
  { calls }: Pick<BotApi, 'calls'>,
  asked: ReadonlyMap<Room, readonly number[]>,
): number[] {
  const sent = Map.groupBy(
    calls.filter(({ method, outcome }) => method === 'sendMessage' && outcome === 'done'),
    ({ payload }) => Number(payload['chat_id']),
  )
  return [...asked]
    .flatMap(([room, times]) =>
      times.map((at, i) => (sent.get(room.chat.id)?.[i]?.at ?? Infinity) - at),
    )
    .toSorted((a, b) => a - b)
}

/** Of ascending numbers the one below which a part of them lies. */
export const shareBelow = (numbers: readonly number[], part: number): number =>
  numbers[Math.min(numbers.length - 1, Math.floor(numbers.length * part))] ?? 0
