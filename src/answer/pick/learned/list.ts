/** A list is told with its items: what opens it says that something follows. */
import type { Context, Sentence } from '../../context/context.ts'
import { isEnumerated } from './look.ts'

/** A sentence that a list follows: 提出三点建议： or the first item itself. */
const OPENS_LIST =
  /[：:]$|^[\s—]*(?:[（(][一1][）)]|一[、是要]|1[.．、](?!\d)|①|第一|[首其]先)|[：:，,。]一是/u

function opensList(text: string): boolean {
  return OPENS_LIST.test(text.trimEnd())
}

/** Sentences that are told of a list with what opens it: a telephone's screen. */
const ITEMS = 4

/** The items of a list and what is said of each, as they follow the sentence that opens it in its passage. */
export function itemsBehind(first: Sentence, { articles }: Context): readonly Sentence[] {
  if (!opensList(first.text)) return []
  const own = articles.find(({ sentences }) => sentences.includes(first))?.sentences ?? []
  const at = own.indexOf(first)
  const behind = own
    .slice(at + 1, at + 1 + ITEMS)
    .filter(({ passage }) => passage.id === first.passage.id)
  const last = behind.findLastIndex(({ text }) => isEnumerated(text))
  return behind.slice(0, last + 1)
}
