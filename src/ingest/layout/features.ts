import { isCredit, isCreditedCaption, PHOTO_CREDIT } from './credit.ts'
import type { Line } from './line.ts'
import {
  BYLINE,
  COLUMN,
  DASHED,
  EDITOR,
  FIRST_LEVEL,
  LEAD,
  NUMBERED,
  POINTER,
  startsAnew,
} from './marker.ts'
import { isNoticeTitle } from './notice.ts'
import { carriesOn, hasGap } from './page.ts'
import type { Page } from './page.ts'
import { breaksOff, isClosed, isFinished, opensSentence, opensWithRemainder } from './sentence.ts'
import { crossesWord } from './word-boundary.ts'

/** What is seen of each line of a page: each feature holds or does not. */

/** A line by itself; `share` is its width beside its column's. */
interface Own {
  readonly page: Page
  readonly i: number
  readonly line: Line
  readonly text: string
  readonly share: number
}

const TITLE = 30
const COLUMN_LENGTH = 14

/** What a line looks like by itself; it is a feature of the lines above and below it, too. */
const LOOKS: readonly (readonly [name: string, holds: (own: Own) => boolean])[] = [
  ['gap', ({ page, i }) => hasGap(page, i)],
  ['blank', ({ line }) => line.blanks > 0],
  ['wide gap', ({ line }) => line.blanks > 1],
  ['opens block', ({ line }) => line.opensBlock],
  ['indented', ({ line }) => line.indented || line.bullet],
  ['vertical', ({ line }) => line.vertical],
  ['heading', ({ line }) => line.level !== null],
  ['high heading', ({ line }) => line.level !== null && line.level < 3],
  ['fills a third', ({ share }) => share > 0.34],
  ['fills half', ({ share }) => share > 0.6],
  ['fills most', ({ share }) => share > 0.87],
  ['fills all', ({ share }) => share > 0.95],
  ['wider', ({ share }) => share > 1.15],
  ['much wider', ({ share }) => share > 1.5],
  ['of 4', ({ text }) => text.length > 4],
  ['of 8', ({ text }) => text.length > 8],
  ['of 14', ({ text }) => text.length > 14],
  ['of 20', ({ text }) => text.length > 20],
  ['of 36', ({ text }) => text.length > 36],
  ['of 100', ({ text }) => text.length > 100],
  ['title', ({ line }) => isTitle(line)],
  ['closed', ({ text }) => isClosed(text)],
  ['finished', ({ text }) => isFinished(text)],
  ['breaks off', ({ text }) => breaksOff(text)],
  ['colon', ({ text }) => /[：:]$/u.test(text)],
  ['stop inside', ({ text }) => /[。；](?=[^。；”）\s])/u.test(text)],
  ['comma', ({ text }) => /[，,]/u.test(text)],
  ['other mark', ({ text }) => /[、：“”（）—]/u.test(text)],
  ['space', ({ text }) => /\S\s\S/u.test(text)],
  ['figures alone', ({ text }) => /^[\d\s.:：/年月日-]+$/u.test(text)],
  ['lead', ({ text }) => LEAD.test(text)],
  ['byline', ({ text }) => BYLINE.test(text)],
  ['editor', ({ text }) => EDITOR.test(text)],
  ['starts anew', ({ text }) => startsAnew(text)],
  ['credit', ({ text }) => isCredit(text)],
  ['photographer', ({ text }) => PHOTO_CREDIT.test(text) || isCreditedCaption(text)],
  ['pointer', ({ text }) => POINTER.test(text)],
  ['day', ({ text }) => /^\d{1,2}\s*月\s*\d{1,2}\s*日/u.test(text)],
  ['numbered', ({ text }) => NUMBERED.test(text)],
  ['head', ({ text }) => FIRST_LEVEL.test(text) && !/[。；]/u.test(text)],
  ['dashed', ({ text }) => DASHED.test(text)],
  ['column', ({ text }) => text.length <= COLUMN_LENGTH && COLUMN.test(text)],
  ['notice', ({ text }) => isNoticeTitle(text)],
  ['opens a sentence', ({ text }) => opensSentence(text)],
  ['remainder', ({ text }) => opensWithRemainder(text)],
  ['repeated', ({ page, text }) => page.style.running.has(text)],
]

const isTitle = ({ text: { text } }: Line) =>
  text.length <= TITLE && !/[。；;]/u.test(text) && !/[，,、：:]$/u.test(text) && !isClosed(text)

/** A line among those around it. */
interface Placed {
  readonly page: Page
  readonly i: number
  readonly text: string
  readonly before: Line | undefined
  readonly left: string
  readonly right: string
  /** The last line of running text above, past headlines and captions; none where it is the one right above. */
  readonly open: Line | undefined
  /** Whether the line goes on with the one above, and the next one with it; and whether a word does. */
  readonly onAbove: boolean
  readonly onBelow: boolean
  readonly inWord: boolean
  /** Whether text goes on past a short line. */
  readonly past: boolean
  /** How much of a short line's words the text above it and below it has, from 0 to 1. */
  readonly above: number
  readonly below: number
  /** How much of the words from here on the text above has, where a sentence ended there and a gap stands; else 1. */
  readonly known: number
}

const BETWEEN: readonly (readonly [name: string, holds: (placed: Placed) => boolean])[] = [
  ['first', ({ before }) => !before],
  ['wrapped', ({ page }) => page.style.wrapped],
  ['doubled', ({ page }) => page.style.doubled],
  ['titles', ({ page }) => page.style.titles],
  ['goes on', ({ onAbove }) => onAbove],
  ['goes on below', ({ onBelow }) => onBelow],
  ['within a word', ({ inWord }) => inWord],
  ['within a figure', ({ left, text }) => /\d$/u.test(left) && /^\d/u.test(text)],
  ['text goes past', ({ past }) => past],
  ['text open', ({ open }) => open !== undefined && !isFinished(open.text.text)],
  ['text finished', ({ open }) => open !== undefined && isFinished(open.text.text)],
  ['goes on with open', ({ page, open, text }) => joins(page, open?.text.text ?? '', text)],
  ['words above', ({ above }) => above > 0.5],
  ['some words above', ({ above }) => above > 0.25],
  ['words below', ({ below }) => below > 0.5],
  ['some words below', ({ below }) => below > 0.25],
  ['more words below', ({ above, below }) => below > above + 0.15],
  ['more words above', ({ above, below }) => above > below + 0.15],
  ['new words', ({ known }) => known < 0.1],
  ['mostly new words', ({ known }) => known < 0.2],
  ['many new words', ({ known }) => known < 0.3],
]

const joins = (page: Page, left: string, right: string) =>
  left !== '' && right !== '' && carriesOn(page, left, right)

/** Lines above and below within which an editor ends an article, or a photographer a caption. */
const NEAR_LINES = 4

/** Of these every two that hold together are a feature of their own. */
const TOGETHER = [
  'wrapped',
  'title',
  'gap',
  'gap below',
  'opens block',
  'opens block below',
  'finished above',
  'text open',
  'fills most',
  'fills most above',
  'title above',
  'title below',
  'goes on',
  'goes on below',
  'comma',
  'credit above',
  'lead below',
  'indented',
  'closed',
  'head above',
  'numbered',
  'many new words',
]

/** Of the step to a line from the one above it. */
const AFTER = ['gap', 'opens block', 'finished above', 'goes on', 'wrapped', 'heading']

const LOOK_NAMES = LOOKS.map(([name]) => name)
const SINGLE = [
  'always',
  ...LOOK_NAMES,
  ...LOOK_NAMES.map((name) => `${name} above`),
  ...LOOK_NAMES.map((name) => `${name} below`),
  ...BETWEEN.map(([name]) => name),
  'editor near above',
  'photographer near below',
]
export const OWN_NAMES = [
  ...SINGLE,
  ...TOGETHER.flatMap((a, i) => TOGETHER.slice(0, i).map((b) => `${a} & ${b}`)),
]
export const AFTER_NAMES = ['always', ...AFTER]

const PLACE = new Map(SINGLE.map((name, f) => [name, f]))
const PAIRED = TOGETHER.map((name) => PLACE.get(name)!)
const STEPS = AFTER.map((name) => PLACE.get(name)!)
const [EDITOR_LOOK, PHOTOGRAPHER] = ['editor', 'photographer'].map((n) => LOOK_NAMES.indexOf(n))

export interface Features {
  readonly own: number[]
  readonly after: number[]
}

/** The features that hold for each line, as places in `OWN_NAMES` and `AFTER_NAMES`. */
export function featuresOf(page: Page): Features[] {
  const { lines, columns } = page
  const looks = lines.map((line, i) => {
    const share = line.width / Math.max(1, columns[i]!)
    const own = { page, i, line, text: line.text.text, share }
    const held: number[] = []
    for (let f = 0; f < LOOKS.length; f++) if (LOOKS[f]![1](own)) held.push(f)
    return held
  })
  const isNear = (look: number, from: number, to: number) =>
    looks.slice(Math.max(0, from), to).some((own) => own.includes(look))
  const holding = new Uint8Array(SINGLE.length)
  return place(page).map((placed, i) => {
    const own = [0]
    for (const f of looks[i]!) own.push(1 + f)
    for (const f of looks[i - 1] ?? []) own.push(1 + LOOKS.length + f)
    for (const f of looks[i + 1] ?? []) own.push(1 + LOOKS.length * 2 + f)
    for (let f = 0; f < BETWEEN.length; f++)
      if (BETWEEN[f]![1](placed)) own.push(1 + LOOKS.length * 3 + f)
    const near = 1 + LOOKS.length * 3 + BETWEEN.length
    if (isNear(EDITOR_LOOK!, i - NEAR_LINES, i)) own.push(near)
    if (isNear(PHOTOGRAPHER!, i + 1, i + 1 + NEAR_LINES)) own.push(near + 1)
    holding.fill(0)
    for (const f of own) holding[f] = 1
    const after = [0]
    for (const [step, f] of STEPS.entries()) if (holding[f]) after.push(step + 1)
    addPairs(own, holding)
    return { own, after }
  })
}

function addPairs(own: number[], holding: Uint8Array): void {
  let at = SINGLE.length
  for (let a = 0; a < PAIRED.length; a++)
    for (let b = 0; b < a; b++, at++) if (holding[PAIRED[a]!] && holding[PAIRED[b]!]) own.push(at)
}

/** Lines above in which the text that was left open is looked for. */
const OPEN_LINES = 12

function place(page: Page): Placed[] {
  const { lines } = page
  const { prose, at } = proseOf(lines)
  const inWord = lines.map(
    ({ text }, i) => i > 0 && crossesWord(lines[i - 1]!.text.text, text.text),
  )
  const on = lines.map(({ text: { text } }, i) => {
    if (i === 0 || inWord[i]) return i > 0
    const left = lines[i - 1]!.text.text
    return breaksOff(left) || opensWithRemainder(text) || page.adjoins(left, text)
  })
  return lines.map((line, i) => {
    const { text } = line.text
    const [before, next] = [lines[i - 1], lines[i + 1]]
    const isShort = isTitle(line)
    const up = prose.slice(Math.max(0, at[i]! - AROUND), at[i])
    const isApart = hasGap(page, i) || line.opensBlock
    const isEnd = before !== undefined && isApart && !isShort && isFinished(before.text.text)
    return {
      page,
      i,
      text,
      before,
      left: before?.text.text ?? '',
      right: next?.text.text ?? '',
      open: openText(page, i),
      onAbove: on[i]!,
      onBelow: on[i + 1] ?? false,
      inWord: inWord[i]!,
      past:
        isShort &&
        before !== undefined &&
        !isFinished(before.text.text) &&
        joins(page, before.text.text, next?.text.text ?? ''),
      above: isShort ? sharedWith(text, up) : 0,
      below: isShort ? sharedWith(text, prose.slice(at[i], at[i]! + AROUND)) : 0,
      known: isEnd ? sharedWith(prose.slice(at[i], at[i]! + AHEAD), up) : 1,
    }
  })
}

/** Whether a line looks like one of running text. */
const isProse = (page: Page, i: number) => {
  const { text } = page.lines[i]!.text
  return /[，。；]/u.test(text) && !isCreditedCaption(text) && !page.tables.has(i)
}

function openText(page: Page, i: number): Line | undefined {
  for (let k = i - 2; k >= Math.max(0, i - OPEN_LINES); k--)
    if (isProse(page, k)) return isProse(page, i - 1) ? undefined : page.lines[k]
  return undefined
}

/** Characters of the text around a line that words are looked for in, and of those looked for. */
const AROUND = 600
const AHEAD = 120

/** The running text of a page, and where in it each line stands. */
function proseOf(lines: readonly Line[]): { prose: string; at: number[] } {
  let length = 0
  const at = lines.map((line) => {
    const before = length
    if (!isTitle(line)) length += line.text.text.length
    return before
  })
  const prose = lines.filter((line) => !isTitle(line)).map(({ text }) => text.text)
  return { prose: prose.join(''), at }
}

/** The share of a line's pairs of characters that a text has. */
function sharedWith(line: string, text: string): number {
  let [found, all] = [0, 0]
  for (const [run] of line.matchAll(/[\p{L}\p{N}]{2,}/gu))
    for (let i = 0; i + 1 < run.length; i++) {
      all++
      if (text.includes(run.slice(i, i + 2))) found++
    }
  return all === 0 ? 0 : found / all
}
