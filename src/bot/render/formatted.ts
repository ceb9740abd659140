import type { MessageEntity } from 'grammy/types'

/** A text with its formatting as Telegram wants it: entities at UTF-16 offsets, so nothing needs escaping. */
export interface Formatted {
  readonly text: string
  readonly entities: readonly MessageEntity[]
}

type Style = 'bold' | 'italic' | 'underline' | 'blockquote' | 'expandable_blockquote'

/** Puts texts one after the other. */
export function formatted(...parts: readonly (string | Formatted)[]): Formatted {
  const entities: MessageEntity[] = []
  let text = ''
  for (const part of parts) {
    if (typeof part === 'string') {
      text += part
      continue
    }
    const by = text.length
    entities.push(...part.entities.map((entity) => ({ ...entity, offset: entity.offset + by })))
    text += part.text
  }
  return { text, entities }
}

/** Puts texts one after the other with a separator between those that are not empty. */
export function joined(parts: readonly (string | Formatted)[], separator: string): Formatted {
  const filled = parts.map((part) => formatted(part)).filter(({ text }) => text !== '')
  return formatted(...filled.flatMap((part, i) => (i === 0 ? [part] : [separator, part])))
}

export const bold = (part: string | Formatted) => styled('bold', part)
export const italic = (part: string | Formatted) => styled('italic', part)
export const underlined = (part: string | Formatted) => styled('underline', part)
export const quoted = (part: string | Formatted) => styled('blockquote', part)
/** A quote that shows its first lines and unfolds at a tap. */
export const foldedQuote = (part: string | Formatted) => styled('expandable_blockquote', part)

function styled(type: Style, part: string | Formatted): Formatted {
  const { text, entities } = formatted(part)
  if (text === '') return { text, entities }
  return { text, entities: [{ type, offset: 0, length: text.length }, ...entities] }
}

/** A part of a formatted text; an entity that reaches beyond it is cut at its edges. */
export function sliceFormatted(
  { text, entities }: Formatted,
  start: number,
  end: number,
): Formatted {
  return {
    text: text.slice(start, end),
    entities: entities.flatMap((entity) => {
      const from = Math.max(entity.offset, start)
      const to = Math.min(entity.offset + entity.length, end)
      return from < to ? [{ ...entity, offset: from - start, length: to - from }] : []
    }),
  }
}
