import { replace } from '../../traced.ts'
import type { Traced } from '../../traced.ts'

/** U+FFFD, and characters for private use, which only the font of a page could show. */
export const LOST = /[\uFFFD\uE000-\uF8FF]/g

/** Between two Chinese characters the sign stands for a word that is lost, which must not close up unseen. */
const FOR_A_SPACE =
  /(?<!\p{Script=Han})[\uFFFD\uE000-\uF8FF]+|[\uFFFD\uE000-\uF8FF]+(?![\p{Script=Han}\uFFFD\uE000-\uF8FF])/gu

/** Invisible characters that carry nothing in Chinese: joiners, soft hyphens, marks of byte order. */
const INVISIBLE = /[\u00AD\u200B-\u200F\u2060\uFEFF]/g

/** The second full-width space of GBK, which decoders give a private code. */
const WIDE_SPACE = /\uE5E5/g

/** Drops lost characters where they stand for a space or end a line, and what cannot be seen. */
export function dropLostCharacters(traced: Traced): Traced {
  return replace(replace(replace(traced, INVISIBLE, ''), WIDE_SPACE, '\u3000'), FOR_A_SPACE, '')
}
