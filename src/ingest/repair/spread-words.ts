import { isSurname } from './chinese-name.ts'

/** A piece of a line between white space: where it stands, and how wide the space before it is. */
export interface Piece {
  readonly start: number
  readonly text: string
  readonly gap: number
}

const ROLE = /(?:记者|通讯员|作者|编辑|摄影|评论员|校对|策划|文|图|摄)$/
const CREDIT = /^[摄文图画绘供编]$/

const MARKS = /^[，。、；：？！“”‘’（）《》]+$/

const HAN = /\p{Script=Han}/u
const FIGURE = /^\d$/

/** From so many characters in a row that stand by themselves, a line is spread to fill its width. */
const SPREAD = 3

/**
 * The pieces that go with the one before them: lines spread to their width (依 托 资 源 禀 赋), and
 * names of two characters spread to three (刘 宁) where names stand.
 */
export function spreadWords(pieces: readonly Piece[]): Set<number> {
  const joined = new Set<number>()
  for (const [first, last] of runsOfSingles(pieces)) {
    const length = last - first + 1
    if (isNames(pieces, first, last)) for (let i = first + 1; i <= last; i += 2) joined.add(i)
    else if (
      (length >= SPREAD && isMostlyHan(pieces, first, last)) ||
      (length === 2 && isSpreadPair(pieces, first))
    ) {
      let width = Infinity
      for (let i = first + 1; i <= last; i++) width = Math.min(width, pieces[i]!.gap)
      for (let i = first + 1; i <= last; i++) if (pieces[i]!.gap < width * 2) joined.add(i)
    }
  }
  return joined
}

/** Stretches of pieces that are one character each; marks between them go along. */
function runsOfSingles(pieces: readonly Piece[]): [first: number, last: number][] {
  const runs: [number, number][] = []
  pieces.forEach(({ text }, i) => {
    const run = runs.at(-1)
    if (run && run[1] === i - 1 && (isSingle(text) || MARKS.test(text) || FIGURE.test(text)))
      run[1] = i
    else if (isSingle(text)) runs.push([i, i])
  })
  return runs
}

function isMostlyHan(pieces: readonly Piece[], first: number, last: number): boolean {
  const han = pieces.slice(first, last + 1).filter(({ text }) => HAN.test(text)).length
  return han >= SPREAD - 1 && han * 2 >= last - first + 1
}

/** Single characters that are names, in pairs: after a role, or with a credit behind. */
function isNames(pieces: readonly Piece[], first: number, last: number): boolean {
  const text = (i: number) => pieces[i]?.text ?? ''
  const end = CREDIT.test(text(last)) ? last - 1 : last
  const even = (end - first + 1) % 2 === 0 && end > first
  const opens = first > 0 && ROLE.test(text(first - 1))
  if (!even || !(opens || end < last)) return false
  for (let i = first; i <= end; i += 2) if (!isSurname(text(i))) return false
  return true
}

/** Two characters alone on their line, or a name before an office. */
function isSpreadPair(pieces: readonly Piece[], first: number): boolean {
  if (pieces.length === 2) return true
  const behind = pieces[first + 2]
  return (
    first === 0 && isSurname(pieces[first]!.text) && /^\p{Script=Han}{3}/u.test(behind?.text ?? '')
  )
}

const isSingle = (text: string) =>
  /^\p{Script=Han}(?:[〔（(]\p{Script=Han}{1,6}[〕）)])?$/u.test(text)
