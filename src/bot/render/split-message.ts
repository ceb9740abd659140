import { type Formatted, formatted, sliceFormatted } from './formatted.ts'
import { betweenCharacters } from '../../code-points.ts'

/** What Telegram takes in one message, in UTF-16 units; formatting beyond so many entities is dropped silently. */
export const MESSAGE_LENGTH = 4096
export const MESSAGE_ENTITIES = 100

const BETWEEN = '\n\n'

/**
 * Packs blocks into as few messages as hold them, in order. A block stays whole unless it alone is
 * longer than a message; then it is cut at a line or a sentence, outside its formatting where it can be.
 */
export function splitMessage(
  blocks: readonly Formatted[],
  limit: number = MESSAGE_LENGTH,
): Formatted[] {
  const messages: Formatted[] = []
  for (const block of blocks.flatMap((one) => cut(one, limit))) {
    const last = messages.at(-1)
    const grown = last && formatted(last, BETWEEN, block)
    if (grown && grown.text.length <= limit && grown.entities.length <= MESSAGE_ENTITIES)
      messages[messages.length - 1] = grown
    else messages.push(block)
  }
  return messages
}

function cut(block: Formatted, limit: number): Formatted[] {
  const whole = trimmed(block)
  if (whole.text === '') return []
  if (whole.text.length <= limit) return [whole]
  const at = cutPoint(whole, limit)
  return [
    trimmed(sliceFormatted(whole, 0, at)),
    ...cut(sliceFormatted(whole, at, whole.text.length), limit),
  ]
}

/** The last place to cut at within the limit: after a line outside entities, a line, a sentence, or anywhere between characters. */
function cutPoint({ text, entities }: Formatted, limit: number): number {
  const inside = (at: number) =>
    entities.some(({ offset, length }) => offset < at && at < offset + length)
  const ends = [...text.slice(0, limit).matchAll(/\n|[。！？；]/g)].map((match) => ({
    at: match.index + 1,
    line: match[0] === '\n',
  }))
  // A cut far from the end makes more messages than it saves in beauty.
  const near = ends.filter(({ at }) => at > limit / 4)
  const best =
    near.findLast(({ at, line }) => line && !inside(at)) ??
    near.findLast(({ at }) => !inside(at)) ??
    near.findLast(({ line }) => line) ??
    near.at(-1)
  if (best) return best.at
  return betweenCharacters(text, limit)
}

function trimmed(block: Formatted): Formatted {
  const start = block.text.length - block.text.trimStart().length
  return sliceFormatted(block, start, Math.max(start, block.text.trimEnd().length))
}
