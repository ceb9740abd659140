import { GOVERNOR_LIST } from '../../language/governors.ts'
import type { WordClass } from '../../language/lexicon.ts'
import { type Gazetteer, GAZETTEER_LIST } from '../../language/places.ts'
import { linesOf } from '../../language/word-lists.ts'
import { type Thesaurus, THESAURUS_LIST } from '../../retrieval/thesaurus.ts'

/** The lists that staff edit, by the name of their page. */
export const LISTS = {
  thesaurus: THESAURUS_LIST,
  gazetteer: GAZETTEER_LIST,
  governors: GOVERNOR_LIST,
} as const
export type ListName = keyof typeof LISTS
export const LIST_NAMES = ['thesaurus', 'gazetteer', 'governors'] as const satisfies ListName[]

/** Staff's own file of each list. */
export type Texts = Readonly<Record<ListName, string>>

/** All words that hold with some texts of staff's, and what of these cannot be read. */
export interface Words {
  readonly thesaurus: Thesaurus
  readonly gazetteer: Gazetteer
  readonly governors: readonly WordClass[]
  readonly faults: readonly string[]
}

export function wordsWith(texts: Texts): Words {
  const thesaurus = THESAURUS_LIST.with(texts.thesaurus)
  const gazetteer = GAZETTEER_LIST.with(texts.gazetteer)
  const governors = GOVERNOR_LIST.with(texts.governors)
  return {
    thesaurus: thesaurus.words,
    gazetteer: gazetteer.words,
    governors: governors.words,
    faults: [thesaurus, gazetteer, governors].flatMap(({ faults }) => faults),
  }
}

/** A line as it stands in a list. */
export interface ListedLine {
  /** The [head] it stands under; '' where the list has none. */
  readonly section: string
  readonly text: string
  /** Built in, staff's own, or built in and taken out by staff. */
  readonly state: 'built-in' | 'own' | 'taken-out'
}

/** The lines of a list, staff's own first; those that only take something out are shown by what they take. */
export function listed(list: ListName, own: string): ListedLine[] {
  const ours = sectioned(own, true)
  const taken = new Set(ours.filter(({ takesOut }) => takesOut).map((line) => keyOf(list, line)))
  const builtIn = sectioned(LISTS[list].builtIn, false)
  const there = new Set(builtIn.map((line) => keyOf(list, line)))
  return [
    ...ours
      .filter((line) => !line.takesOut || !there.has(keyOf(list, line)))
      .map(({ section, text, takesOut }) => ({
        section,
        text,
        state: takesOut ? ('taken-out' as const) : ('own' as const),
      })),
    ...builtIn.map((line) => ({
      ...line,
      state: taken.has(keyOf(list, line)) ? ('taken-out' as const) : ('built-in' as const),
    })),
  ]
}

/** Two lines say the same: of governors, of the same word; of others, all alike but for spaces. */
export const keyOf = (list: ListName, { section, text }: Pick<ListedLine, 'section' | 'text'>) =>
  `${section} ${list === 'governors' ? wordOf(text) : text.replaceAll(/\s+/gu, ' ')}`

/** The word of a governor's line, without its examples. */
export const wordOf = (text: string) => text.split(/\s/u, 1)[0]!

function sectioned(file: string, isOwn: boolean) {
  let section = ''
  return linesOf(file, isOwn).flatMap(({ line: { text, takesOut } }) => {
    if (!text.startsWith('[')) return [{ section, text, takesOut }]
    section = text
    return []
  })
}

/** A class of governors as the list explains it. */
export interface ClassAbout {
  /** Its line: [if start]. */
  readonly head: string
  /** 条件（开头） */
  readonly title: string
  readonly about: string
}

/** The classes of governors, each with the comment above it, in their order. */
export const CLASSES: readonly ClassAbout[] = [
  ...GOVERNOR_LIST.builtIn.matchAll(/^# (?<title>[^：\n]+)：(?<about>.*)\n(?<head>\[.+\])$/gmu),
].map(({ groups }) => ({
  head: groups!['head']!,
  title: groups!['title']!,
  about: groups!['about']!,
}))

export const headOf = ({ name, where }: WordClass) => `[${name} ${where}]`
