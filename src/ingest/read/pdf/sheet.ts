import type { PDFPageProxy } from 'pdfjs-dist'
import type { TextItem } from 'pdfjs-dist/types/src/display/api.js'
import type { Box, Print, Sheet } from './box.ts'
import { drawingsOf } from './drawings.ts'
import { multiply } from './matrix.ts'
import type { Matrix } from './matrix.ts'
import { turned } from './characters.ts'
import { undouble } from './undouble.ts'
import { weightedMedian } from './box.ts'

interface Font {
  readonly name?: string
}

/** Degrees from a quarter turn up to which print is upright; a stamp laid over a page is slanted more. */
const UPRIGHT = 3
/** From the base line, in sizes of the type: how far an ideograph rises. */
const ASCENT = 0.88
const BOLD = /bold|black|heavy|heiti|hei\b|黑/iu

/** A page's print, turned so that most of it runs from left to right, and what is drawn around it. */
export async function readSheet(page: PDFPageProxy): Promise<Sheet> {
  const { transform, width, height } = page.getViewport({ scale: 1 })
  const { items, styles } = await page.getTextContent()
  const printed = items.flatMap((item) => ('str' in item && item.str.trim() !== '' ? [item] : []))
  if (printed.length === 0)
    return { width, height, prints: [], rules: [], frames: [], pictures: [] }
  const drawings = await drawingsOf(page, transform)
  const fonts = new Map<string, Font>()
  const fontOf = (name: string) => {
    if (!fonts.has(name))
      fonts.set(name, page.commonObjs.has(name) ? page.commonObjs.get(name) : {})
    return fonts.get(name)!
  }
  const drawn = printed.map((item) => ({ item, matrix: multiply(transform, item.transform) }))
  const turn = weightedMedian(
    drawn.flatMap(({ item, matrix }) => {
      const own = turnOf(matrix)
      return own === null ? [] : [[own, item.str.length] as const]
    }),
  )
  const place = turner(turn, width, height)
  const prints = drawn.flatMap(({ item, matrix }) => {
    const own = turnOf(matrix)
    if (own !== turn && own !== (turn + 1) % 4) return []
    const print = printOf(
      item,
      matrix,
      own,
      place,
      fontOf(item.fontName),
      styles[item.fontName]?.vertical ?? false,
    )
    return [{ ...print, sideways: own !== turn }]
  })
  const lying = turn % 2 === 1
  return {
    width: lying ? height : width,
    height: lying ? width : height,
    prints: undouble(prints),
    rules: drawings.rules.map(place),
    frames: drawings.frames.map(place),
    pictures: drawings.pictures.map(place),
  }
}

/** Quarter turns, clockwise, of print drawn so; null of slanted print. */
function turnOf([a = 1, b = 0]: Matrix): number | null {
  const degrees = (Math.atan2(b, a) * 180) / Math.PI
  const turns = Math.round(degrees / 90)
  return Math.abs(degrees - turns * 90) > UPRIGHT ? null : (turns + 4) % 4
}

/** Takes a box to where it stands when the page is turned back by so many quarters. */
function turner(turn: number, width: number, height: number): (box: Box) => Box {
  if (turn === 1)
    return ({ left, top, right, bottom }) => ({
      left: top,
      right: bottom,
      top: width - right,
      bottom: width - left,
    })
  if (turn === 2)
    return ({ left, top, right, bottom }) => ({
      left: width - right,
      right: width - left,
      top: height - bottom,
      bottom: height - top,
    })
  if (turn === 3)
    return ({ left, top, right, bottom }) => ({
      left: height - bottom,
      right: height - top,
      top: left,
      bottom: right,
    })
  return (box) => box
}

function printOf(
  { str, width, height }: TextItem,
  matrix: Matrix,
  turn: number,
  place: (box: Box) => Box,
  font: Font,
  vertical: boolean,
): Print {
  const [, , skew = 0, scale = 0, x = 0, y = 0] = matrix
  const size = Math.hypot(skew, scale) || height || 1
  const name = (font.name ?? '').replace(/^[A-Z]{6}\+/u, '')
  // Along the base line and across it, which the turn makes right and down.
  const box = vertical
    ? { along: [-size / 2, size / 2], across: [0, height] }
    : { along: [0, width], across: [-size * ASCENT, size * (1 - ASCENT)] }
  const corner = (along: number, across: number): [number, number] =>
    turn === 1
      ? [x - across, y + along]
      : turn === 2
        ? [x - along, y - across]
        : turn === 3
          ? [x + across, y - along]
          : [x + along, y + across]
  const [x0, y0] = corner(box.along[0]!, box.across[0]!)
  const [x1, y1] = corner(box.along[1]!, box.across[1]!)
  const placed = place({
    left: Math.min(x0, x1),
    right: Math.max(x0, x1),
    top: Math.min(y0, y1),
    bottom: Math.max(y0, y1),
  })
  const text = vertical ? { ...placed, text: turned(str.trim()) } : trimmed(closeUp(str), placed)
  return { ...text, size, font: name, bold: BOLD.test(name), sideways: false, vertical }
}

const SPREAD = /[\u2E80-\u9FFF\uF900-\uFFEF](?: [\u2E80-\u9FFF\uF900-\uFFEF]){2,}/gu

/** Characters spread over a line to fill it are no words. */
const closeUp = (text: string) => text.replaceAll(SPREAD, (run) => run.replaceAll(' ', ''))

/** Without the spaces at both ends, which take their share of the width. */
function trimmed(str: string, box: Box): Box & { text: string } {
  const text = str.trim()
  if (text.length === str.length) return { ...box, text }
  const per = (box.right - box.left) / advanceOf(str)
  const before = advanceOf(str.slice(0, str.length - str.trimStart().length))
  const after = advanceOf(str.slice(str.trimEnd().length))
  return { ...box, text, left: box.left + before * per, right: box.right - after * per }
}

/** Sizes of the type that a text takes, about. */
function advanceOf(text: string): number {
  let advance = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    advance += code === 0x20 ? 0.3 : code < 0x2000 ? 0.5 : 1
  }
  return advance
}
