import { type Pair, isBracket, isPairMark, pairs } from '../../language/pairs.ts'
import type { Span } from '../../traced.ts'

/** An item's number in words (一是, 首先): it says nothing where the item stands alone. */
export const ENUMERATOR =
  /^(?:[一二三四五六七八九十]{1,2}(?:[是要]|、)|(?:首先|其次)(?:是|(?=[，,]))|第[一二三四五六七八九十]{1,2}(?=[，,]))[，,]?/u
const FULL_STOP = /[。！？!?]/u
const WIDE: Readonly<Record<string, string>> = {
  ',': '，',
  ';': '；',
  ':': '：',
  '!': '！',
  '?': '？',
  '.': '。',
  '(': '（',
  ')': '）',
}

/**
 * Writes pieces of a sentence as a sentence: marks as printed between neighbours, a pause where
 * something is left out, both marks of a pair or neither, no enumerator in front. `explain` may add an
 * explanation behind words of a piece. `told` are indexes of `pieces`, at least one.
 */
export function joinPieces(
  text: string,
  pieces: readonly Span[],
  told: ReadonlySet<number>,
  explain: (piece: string) => string = (piece) => piece,
): string {
  const indexes = [...told].toSorted((a, b) => a - b)
  const spans = withoutEnumerator(
    text,
    indexes.map((i) => pieces[i]!),
  )
  const around = pairs(text)
  const whole = around.filter((pair) => spans.some((span) => touches(pair, span)))
  const marks = new Map(
    whole.flatMap(({ start, end, open, close }) => [
      [start, open],
      [end, close],
    ]),
  )
  const left = around.filter((pair) => isBracket(pair) && !whole.includes(pair))

  let out = marksBetween(0, spans[0]!.start, marks)
  spans.forEach((span, k) => {
    out += explain(wordsAt(text, span, marks))
    const next = spans[k + 1]
    if (!next) return
    const skipped = pieces.slice(indexes[k]! + 1, indexes[k + 1])
    out += gapText(text, span.end, next.start, { marks, left, skipped })
  })
  return ended(out, text, spans.at(-1)!.end, marks)
}

const touches = ({ start, end }: Pair, span: Span) => start < span.end && span.start <= end

/** Where several items are told, their numbers part them; of one alone the number says nothing. */
function withoutEnumerator(text: string, spans: readonly Span[]): Span[] {
  const lengths = spans.map(({ start, end }) => {
    const { length } = ENUMERATOR.exec(text.slice(start, end))?.[0] ?? ''
    return start + length < end ? length : 0
  })
  const one = lengths.filter((length) => length > 0).length === 1
  return spans.map(({ start, end }, i) => ({ start: start + (one ? lengths[i]! : 0), end }))
}

/** A piece's characters; of the marks of pairs, those that are told. */
function wordsAt(text: string, { start, end }: Span, marks: ReadonlyMap<number, string>): string {
  let out = ''
  for (let at = start; at < end; at++) {
    if (isPairMark(text, at) && !/[（()）]/u.test(text[at]!)) out += marks.get(at) ?? ''
    else out += text[at] === '\n' ? '' : text[at]
  }
  return out
}

function marksBetween(start: number, end: number, marks: ReadonlyMap<number, string>): string {
  let out = ''
  for (let at = start; at < end; at++) out += marks.get(at) ?? ''
  return out
}

interface Gap {
  readonly marks: ReadonlyMap<number, string>
  /** Brackets that are left out. */
  readonly left: readonly Pair[]
  /** Pieces that are left out. */
  readonly skipped: readonly Span[]
}

/** What is written between two told pieces: closing marks, a pause, opening marks. */
function gapText(text: string, start: number, end: number, { marks, left, skipped }: Gap): string {
  let [closing, printed, opening] = ['', '', '']
  for (let at = start; at < end; at++) {
    const mark = marks.get(at)
    if (mark === undefined) {
      const out = left.some((b) => b.start <= at && at <= b.end)
      if (!out && !skipped.some((p) => p.start <= at && at < p.end)) printed += pauseAt(text, at)
    } else if (closes(mark)) {
      // ……。”他说: the full stop belongs to the words that are quoted.
      const stop = FULL_STOP.exec(printed.at(-1) ?? '')?.[0] ?? ''
      closing += `${stop}${mark}`
      if (stop) printed = ''
    } else opening += mark
  }
  const pause = skipped.length === 0 ? printed : pauseFor(printed)
  const between = `${closing}${pause}${opening}`
  // 1）1991年: where the mark between two pieces falls away they would be read as one figure.
  return between === '' && skipped.length === 0 ? '，' : between
}

const closes = (mark: string) => /[”’」』》〉〕】）]/u.test(mark)

const PAUSE = /[，；：。！？、—…,;:!?.\n]/u

function pauseAt(text: string, at: number): string {
  const char = text[at]!
  if (!PAUSE.test(char)) return ''
  return char === '\n' ? '，' : (WIDE[char] ?? char)
}

/** The pause for words left out: as strong as the strongest mark among them. */
function pauseFor(printed: string): string {
  if (printed.startsWith('：')) return '：'
  if (/[；。！？]/u.test(printed)) return '；'
  if (/[，：—…]/u.test(printed)) return '，'
  return printed.includes('、') ? '、' : ''
}

/** Closes what is open and ends the sentence. */
function ended(
  out: string,
  text: string,
  from: number,
  marks: ReadonlyMap<number, string>,
): string {
  let [closing, stop] = ['', '']
  for (let at = from; at < text.length; at++) {
    const mark = marks.get(at)
    if (mark !== undefined && closes(mark)) closing += `${closing === '' ? stop : ''}${mark}`
    else if (closing === '' && FULL_STOP.test(text[at]!)) stop = WIDE[text[at]!] ?? text[at]!
    else if (/[\p{L}\p{N}]/u.test(text[at]!)) stop = ''
  }
  const said = out.replace(/(?<![，；：、—…。\s])[，；：、—…。\s]+$/u, '') + closing
  if (/[。！？][”’」』]?$/u.test(said)) return said
  return said + (/[？！]/u.test(stop) && closing === '' ? stop : '。')
}
