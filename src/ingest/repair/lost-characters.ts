import { replace } from '../../traced.ts'
import type { Traced } from '../../traced.ts'

/** Between two Chinese characters the sign stands for a word that is lost, which must not close up unseen. */
const FOR_A_SPACE = /(?<!\p{Script=Han})\uFFFD+|\uFFFD+(?!\p{Script=Han}|\uFFFD)/gu

/** Invisible characters that carry nothing in Chinese: joiners, soft hyphens, marks of byte order. */
const INVISIBLE = /[\u00AD\u200B-\u200F\u2060\uFEFF]/g

/** Drops U+FFFD where it stands for a space or ends a line, and what cannot be seen. */
export function dropLostCharacters(traced: Traced): Traced {
  return replace(replace(traced, INVISIBLE, ''), FOR_A_SPACE, '')
}
