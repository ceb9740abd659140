import type { Paragraph } from '../layout/paragraph.ts'
import { partEndCredit } from './credit.ts'
import type { Role } from './role.ts'

/** The sign that points from a caption to its picture. */
const POINTER = /^[▲△▼▽◀▶]/u
const PARAGRAPHS = 3
const LENGTH = 180

/**
 * Whether a photograph's caption begins at paragraph `i`: it points to its picture, or stands apart
 * and says in a few sentences, and then names who took it.
 */
export function beginsCaption(
  paragraphs: readonly Paragraph[],
  roles: readonly Role[],
  i: number,
): boolean {
  const { text, isolated } = paragraphs[i]!
  return POINTER.test(text.text) || (isolated && endsInCredit(paragraphs, roles, i))
}

function endsInCredit(
  paragraphs: readonly Paragraph[],
  roles: readonly Role[],
  i: number,
): boolean {
  let length = 0
  for (let k = i; k < Math.min(paragraphs.length, i + PARAGRAPHS); k++) {
    if (roles[k] === 'credit') return k > i && length <= LENGTH
    if (roles[k] !== 'body') return false
    const [kept, credit] = partEndCredit(paragraphs[k]!.text)
    length += kept.text.length
    if (credit) return length <= LENGTH
  }
  return false
}
