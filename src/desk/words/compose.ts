/** Lines of lists as staff fill them in, field by field. */
import { checkExamples } from '../../language/check-examples.ts'
import { type Change, withChange } from './changes.ts'
import { CLASSES, LISTS, type ListName, type Texts, headOf, wordOf, wordsWith } from './lists.ts'

/** The fields of each list's form. */
export const FIELDS = {
  thesaurus: ['said', 'both', 'written'],
  gazetteer: ['province', 'city', 'county', 'alias'],
  governors: ['class', 'word', 'right', 'wrong'],
} as const satisfies Record<ListName, readonly string[]>

export type Filled = Readonly<Record<string, string>>

/** The line that a form says, or what is wrong with it, in sentences. */
export function compose(
  list: ListName,
  filled: Filled,
  texts: Texts,
): { readonly change: Change } | { readonly faults: readonly string[] } {
  const of = (name: string) => (filled[name] ?? '').replaceAll(/\s+/gu, ' ').trim()
  const { section, text, missing } = LINES[list](of, filled)
  if (missing !== '') return { faults: [missing] }
  const isNone = lineFault({ section, text })
  if (isNone !== '') return { faults: [isNone] }
  const change: Change = { list, section, text, takesOut: false }
  const own = withChange(texts[list], change)
  const known = new Set(LISTS[list].with(texts[list]).faults)
  const faults = LISTS[list].with(own).faults.filter((fault) => !known.has(fault))
  const all = [
    // The number of the line is that of a file that nobody has seen yet.
    ...faults.map((fault) => fault.replace(/^.*?：/u, '')),
    ...(list === 'governors'
      ? examplesFaults({ ...texts, governors: own }, section, of('word'))
      : []),
  ]
  return all.length > 0 ? { faults: all } : { change }
}

/** So long a line of a list may be; the longest built-in one has 114 letters. */
const LONGEST = 500
/** What ends a line, or controls one; a tab stands between a word and its examples. */
const CONTROLS = /[^\P{Cc}\t]|[\p{Zl}\p{Zp}]/u

/** Why a text can be no line of a list, in a sentence; '' where it can be one. */
export function lineFault({ section, text }: { section: string; text: string }): string {
  if (text.trim() === '') return '没有写词。'
  if (text.length > LONGEST) return `一行最多 ${LONGEST} 个字。`
  if (CONTROLS.test(text)) return '一次只能写一行。'
  if (/^\s*[-－#[]/u.test(text)) return '词不能以 - # [ 开头。'
  if (!/^(?:\[[^[\]]{1,50}\])?$/u.test(section) || CONTROLS.test(section))
    return '没有这样的类或省份。'
  return ''
}

type Of = (name: string) => string
interface Line {
  readonly section: string
  readonly text: string
  /** What was left out, in a sentence. */
  readonly missing: string
}

const LINES: Readonly<Record<ListName, (of: Of, filled: Filled) => Line>> = {
  thesaurus(of) {
    const [said, written] = [of('said'), of('written')]
    const missing = said && written ? '' : '两边都要写词。'
    return { section: '', text: `${said} ${of('both') ? '=' : '>'} ${written}`, missing }
  },
  gazetteer(of) {
    const [city, county, alias] = [of('city'), of('county'), of('alias').split(' ')]
    const named = (name: string) => [name, ...alias.filter(Boolean)].join('=')
    const missing = !of('province')
      ? '要写省。'
      : city
        ? ''
        : '要写市；省直辖的县级市写在市这一格。'
    const text = county ? `${city}: ${named(county)}` : `${named(city)}:`
    return { section: `[${of('province')}]`, text, missing }
  },
  governors(of, filled) {
    const examples = (name: string, sign: string) =>
      (filled[name] ?? '')
        .split('\n')
        .map((line) => line.trim())
        .filter(Boolean)
        .map((line) => `\t${sign} ${line}`)
        .join('')
    const right = examples('right', '✓')
    const missing = !CLASSES.some(({ head }) => head === of('class'))
      ? '要选一类。'
      : !of('word')
        ? '要写词。'
        : right === ''
          ? '要写一个 ✓ 例句，用【】标出这个词起作用的分句。'
          : ''
    return { section: of('class'), text: `${of('word')}${right}${examples('wrong', '✗')}`, missing }
  },
}

/** What the examples of a word do not show, by the code that checks those of the built-in words. */
function examplesFaults(texts: Texts, section: string, word: string): string[] {
  const { governors } = wordsWith(texts)
  const wordClass = governors.find((of) => headOf(of) === section)
  const entry = wordClass?.entries.find((one) => one.word === word)
  return wordClass && entry ? checkExamples(governors, wordClass, entry) : []
}

/** A line of a list as its form would be filled in to say it. */
export function filledFrom(list: ListName, section: string, line: string): Filled {
  if (list === 'thesaurus') {
    const [said = '', written = ''] = line.split(/[=>]/u).map((side) => side.trim())
    return { said, written, both: line.includes('>') ? '' : '1', replaces: line, section }
  }
  if (list === 'gazetteer') return {}
  const examples = (sign: string) =>
    [...line.matchAll(/([✓✗])([^✓✗]*)/gu)]
      .filter(([, its]) => its === sign)
      .map(([, , example]) => example!.trim())
      .join('\n')
  const word = wordOf(line)
  return {
    class: section,
    word,
    right: examples('✓'),
    wrong: examples('✗'),
    replaces: line,
    section,
  }
}
