import { concat, edit, join, replace, slice, trim } from '../../traced.ts'
import type { Edit, Traced } from '../../traced.ts'

/** One line as extracted, without its Markdown marks and the white space around it. */
export interface Line {
  readonly text: Traced
  /** In half-width columns as printed, with the spaces that repair took out. */
  readonly width: number
  readonly level: number | null
  readonly bullet: boolean
  /** One space or a form feed before it: an extraction block begins. */
  readonly opensBlock: boolean
  /** Indented by more, as printed paragraphs are. */
  readonly indented: boolean
  /** Blank lines before it. */
  readonly blanks: number
  readonly vertical: boolean
  /** Begins with a name that white space parts from what follows. */
  readonly named: boolean
}

const HEADING = /^(#{1,6})[ \t]*(?=\S)/u
const BULLET = /^[-*+•][ \t]+/u
const BOLD = /\*\*|__/gu

/** Half-width columns a text takes. */
export function widthOf(text: string): number {
  let width = 0
  for (let i = 0; i < text.length; i++) width += text.charCodeAt(i) < 0x2000 ? 1 : 2
  return width
}

const LINE_END = /[\n\f]/g

/** Splits a text into its lines that are not blank. */
export function readLines(text: Traced, source: string): Line[] {
  const lines: Line[] = []
  let from = 0
  let blanks = 0
  let form = false
  while (from <= text.text.length) {
    LINE_END.lastIndex = from
    const to = LINE_END.exec(text.text)?.index ?? text.text.length
    const whole = slice(text, from, to)
    const inner = trim(whole)
    if (inner.text.length === 0) {
      blanks++
    } else {
      const indent = whole.text.slice(0, whole.text.length - whole.text.trimStart().length)
      lines.push(readLine(inner, indent, blanks, form || lines.length === 0, source))
      blanks = 0
      form = false
    }
    // A form feed ends a page, with or without a line's end before it.
    form ||= text.text[to] === '\f'
    from = to + 1
  }
  return lines
}

function readLine(
  inner: Traced,
  indent: string,
  blanks: number,
  opens: boolean,
  source: string,
): Line {
  const heading = HEADING.exec(inner.text)
  const bullet = heading ? null : BULLET.exec(inner.text)
  const marked = heading ?? bullet
  const bold = /^\*\*[^*]+\*\*$/u.test(inner.text)
  const text = closeUp(trim(dropMarks(marked ? slice(inner, marked[0].length) : inner)))
  const printed = source.slice(text.origin[0], text.origin.at(-1)! + 1)
  return {
    text,
    width: widthOf(printed),
    level: heading ? heading[1]!.length : bold ? 6 : null,
    bullet: bullet !== null,
    opensBlock: opens || indent === ' ' || indent.includes('\f'),
    indented: indent.length > 1 || indent === '\u3000',
    blanks,
    vertical: false,
    named: startsWithName(text, source),
  }
}

/** One to four characters, then white space in the source. */
function startsWithName(text: Traced, source: string): boolean {
  for (let i = 0; i < Math.min(5, text.text.length - 1); i++) {
    if (!/\p{Script=Han}|[·（(〔]/u.test(text.text[i]!)) return false
    if (/[（(〔]/u.test(text.text[i]!)) return i > 1
    if (/\s/u.test(source[text.origin[i]! + 1] ?? '')) return true
  }
  return false
}

const LETTERSPACED = /^\p{Script=Han}(?:[ \u3000]\p{Script=Han}){3,}$/u

/** A short line set wide has a space after every character. */
function closeUp(text: Traced): Traced {
  return LETTERSPACED.test(text.text) ? replace(text, /\s/gu, '') : text
}

function dropMarks(text: Traced): Traced {
  if (!text.text.includes('**') && !text.text.includes('__')) return text
  const edits: Edit[] = []
  for (const { index, 0: mark } of text.text.matchAll(BOLD))
    edits.push({ start: index, end: index + mark.length, text: '' })
  return edit(text, edits)
}

/** Puts lines of one character each, as headlines printed downwards leave them, into one line a group. */
export function uprightLines(lines: readonly Line[], loose: boolean): Line[] {
  const upright: Line[] = []
  let at = 0
  while (at < lines.length) {
    let end = at
    while (end < lines.length && lines[end]!.text.text.length === 1 && lines[end]!.level === null)
      end++
    if (end - at < 4) {
      upright.push(lines[at]!)
      at++
      continue
    }
    upright.push(...groupUpright(lines.slice(at, end), loose))
    at = end
  }
  return upright
}

function groupUpright(run: readonly Line[], loose: boolean): Line[] {
  const groups: Line[][] = []
  for (const line of run) {
    const last = groups.at(-1)
    const parted = !last || (!loose && line.blanks > 0) || startsMark(line.text.text)
    if (parted) groups.push([line])
    else last.push(line)
  }
  const upright: Line[] = []
  for (const group of groups) {
    const own = turnQuotes(concat(group.map((line) => line.text)))
    const last = upright.at(-1)
    const isName =
      last !== undefined && own.text.length <= NAME && TITLE_OF_NAME.test(last.text.text)
    const text = isName ? join([last.text, own], ' ') : own
    const line = { ...(isName ? last : group[0]!), text, width: widthOf(text.text), vertical: true }
    if (isName) upright[upright.length - 1] = line
    else upright.push(line)
  }
  return upright
}

/** What stands before a name, and the most characters of one. */
const TITLE_OF_NAME = /^(?:本报)?(?:记者|通讯员)$/u
const NAME = 4

const startsMark = (text: string) => /[■□●◆▲]/u.test(text)

const UPRIGHT_QUOTES: Record<string, string> = {
  '﹃': '“',
  '﹄': '”',
  '﹁': '‘',
  '﹂': '’',
  '︻': '【',
  '︼': '】',
  '︵': '（',
  '︶': '）',
  '︿': '〈',
  '﹀': '〉',
  '︽': '《',
  '︾': '》',
}

function turnQuotes(text: Traced): Traced {
  return {
    text: text.text.replace(/[︵-﹄]/gu, (mark) => UPRIGHT_QUOTES[mark] ?? mark),
    origin: text.origin,
  }
}
