import { type ListName, keyOf } from './lists.ts'

/** A line that is added to a list, or taken out of it. */
export interface Change {
  readonly list: ListName
  /** The [head] it stands under; '' where the list has none. */
  readonly section: string
  readonly text: string
  readonly takesOut: boolean
  /** Staff's saved line that it stands in the place of, if it does: the same word with other examples. */
  readonly was?: string | undefined
}

/** What takes a change back. */
export const inverse = ({ was, ...change }: Change): Change =>
  was === undefined
    ? { ...change, takesOut: !change.takesOut }
    : { ...change, text: was, was: change.text }

/**
 * Staff's file of a list after a change. A line of theirs that is taken out goes; one that is built in
 * gets a line behind a dash.
 */
export function withChange(own: string, change: Change): string {
  const { list, section, text, takesOut } = change
  const lines = own === '' ? [HEADS[list]] : own.replace(/\s+$/u, '').split(/\r?\n/u)
  const key = keyOf(list, change)
  let at = ''
  /** Where a line of the section was seen last. */
  let last = section === '' ? lines.length - 1 : -1
  for (const [i, written] of lines.entries()) {
    const line = written.replace(/^\uFEFF/u, '').trim()
    if (line.startsWith('[')) at = line
    if (line === '' || line.startsWith('#')) continue
    if (at === section) last = Math.max(last, i)
    const dash = /^[-－]\s*/u.exec(line)?.[0] ?? ''
    if (line.startsWith('[') || keyOf(list, { section: at, text: line.slice(dash.length) }) !== key)
      continue
    const isOut = dash !== ''
    if (isOut !== takesOut) return joined(lines.toSpliced(i, 1))
    if (isOut || line === text) return joined(lines)
    return joined(lines.with(i, text))
  }
  const written = takesOut ? `-${list === 'governors' ? text.split(/\s/u, 1)[0] : text}` : text
  return joined(last < 0 ? [...lines, '', section, written] : lines.toSpliced(last + 1, 0, written))
}

const joined = (lines: readonly string[]) => `${lines.join('\n')}\n`

/** What a new file begins with. */
const HEADS: Readonly<Record<ListName, string>> = {
  thesaurus: '# 本地的同义词，和自带的一起用。写法与自带的相同；行首加 - 的，自带的不再算。',
  gazetteer: '# 本地的地名，和自带的一起用。写法与自带的相同；行首加 - 的，自带的不再算。',
  governors: '# 本地的约束词，和自带的一起用。写法与自带的相同；行首加 - 的，自带的不再算。',
}
