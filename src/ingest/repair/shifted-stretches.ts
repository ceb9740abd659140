import type { Span } from '../../traced.ts'
import { genuineWord } from './genuine-words.ts'

/** Shifted signs that are rare as themselves: ， 。 、 ： ； ？ “ ” （ ） 》. */
const TELLING = /[袁遥尧院曰钥野冶渊冤曳]/g
const ORDINARY = /[，。、；：？“”（）]/g

/** A pause needs something before it on its line; a name or a heading that begins with 袁 has nothing. */
const PAUSE = /[袁遥尧院曰钥]/
const NOTHING_BEFORE = /[\s袁遥尧院曰钥野渊叶]/

/** A closing sign tells nothing unless its opening one is there too. */
const OPENING_OF: ReadonlyMap<string, string> = new Map([
  ['冶', '野'],
  ['曳', '叶'],
  ['冤', '渊'],
])

/** Where signs are shifted, at most so many ordinary ones stand beside a shifted one. */
const ORDINARY_PER_SHIFTED = 0.1

/** A stretch inside a page of ordinary text must show more than a text that is shifted as a whole. */
const WHOLE = { signs: 2, kinds: 2 }
const PART = { signs: 6, kinds: 3 }

/** Signs for every hundred characters; running text has about ten. */
const SIGNS_PER_HUNDRED = 1.5

/** A text so short that one line must be enough; a longer one has more signs than that. */
const SNIPPET = 400

/**
 * Lines that are enough by themselves: brackets that only shifted signs make, a label that takes a
 * colon, a trebled dash, a bullet, a pause with the space that extraction leaves behind it.
 */
const UNMISTAKABLE = new RegExp(
  [
    '叶[^\\s叶曳，。]{4,40}曳',
    '渊[\\d年要\\s]{4,20}冤',
    '(?:^|[ \\t])耶[^\\s耶爷]{2,12}爷(?=\\s|$)',
    '^姻 \\p{Script=Han}',
    '(?:编辑|成员|来源|电话|提出|表示|强调|指出|认为|如下|问题)院(?=\\s|$)',
    '(?<![主需重必首])要要要',
    '[\\p{Script=Han}\\d％%](?<![姓老小大阿]|记者|编辑|作者)袁[ \\t]+[^\\s\\d摄文图]',
  ].join('|'),
  'mu',
)

/**
 * The stretches of a text in which the rows of symbols are shifted: the whole text, those of its runs
 * of lines without ordinary punctuation that show it, or none. Clean text has none.
 */
export function shiftedStretches(text: string): Span[] {
  const signs = tellingSigns(text)
  const ordinary = text.match(ORDINARY)?.length ?? 0
  if (ordinary <= signs.length * ORDINARY_PER_SHIFTED) {
    const whole =
      isShifted(signs, text.length, WHOLE) ||
      (ordinary === 0 && text.length <= SNIPPET && UNMISTAKABLE.test(text))
    return whole ? [{ start: 0, end: text.length }] : []
  }
  if (signs.length < PART.signs) return []
  return runsWithoutPunctuation(text).filter(({ start, end }) =>
    isShifted(tellingSigns(text.slice(start, end)), end - start, PART),
  )
}

function isShifted(
  signs: readonly string[],
  length: number,
  least: { signs: number; kinds: number },
): boolean {
  return (
    signs.length >= least.signs &&
    new Set(signs).size >= least.kinds &&
    signs.length * 100 >= length * SIGNS_PER_HUNDRED
  )
}

function tellingSigns(text: string): string[] {
  return [...text.matchAll(TELLING)]
    .filter(({ index }) => isTelling(text, index))
    .map(([sign]) => sign)
}

function isTelling(text: string, index: number): boolean {
  if (PAUSE.test(text[index]!) && NOTHING_BEFORE.test(text[index - 1] ?? '\n')) return false
  const opening = OPENING_OF.get(text[index]!)
  if (opening && !text.includes(opening)) return false
  return genuineWord(text, index) === null
}

function runsWithoutPunctuation(text: string): Span[] {
  const runs: { start: number; end: number }[] = []
  let start = 0
  let open = false
  for (const line of text.matchAll(/[^\n]*(?:\n|$)/g)) {
    if (line[0] === '') break
    const bare = isWithoutPunctuation(line[0])
    if (bare && !open) start = line.index
    if (bare) {
      const end = line.index + line[0].length
      if (open) runs[runs.length - 1] = { start, end }
      else runs.push({ start, end })
    }
    open = bare
  }
  return runs
}

/** A line with more shifted signs than ordinary ones is of the shifted text too. */
function isWithoutPunctuation(line: string): boolean {
  const ordinary = line.match(/[，。、；：]/g)?.length ?? 0
  return ordinary === 0 || ordinary < tellingSigns(line).length
}
