import type { PDFPageProxy } from 'pdfjs-dist'
import type { Box } from './box.ts'
import { multiply } from './matrix.ts'
import type { Matrix } from './matrix.ts'

export interface Drawings {
  readonly rules: readonly Box[]
  readonly frames: readonly Box[]
  readonly pictures: readonly Box[]
}

/** In points: what is no thicker is a rule, what is no longer a dot or a part of a sign. */
const THICK = 4
const SHORT = 8
/** A drawing of more pieces is a picture. */
const PIECES = 64

/** Steps of a path, as the library numbers them, and how many numbers follow each. */
const MOVE = 0
const STEP_NUMBERS = [2, 2, 6, 4, 0]

/** The rules, frames and pictures that a page draws, in points of its view. */
export async function drawingsOf(page: PDFPageProxy, view: Matrix): Promise<Drawings> {
  const { OPS } = await import('pdfjs-dist/legacy/build/pdf.mjs')
  const { fnArray, argsArray } = await page.getOperatorList()
  const STROKES = new Set<number>([OPS.stroke, OPS.closeStroke, OPS.fillStroke, OPS.eoFillStroke])
  const FILLS = new Set<number>([OPS.fill, OPS.eoFill])
  const IMAGES = new Set<number>([
    OPS.paintImageXObject,
    OPS.paintInlineImageXObject,
    OPS.paintImageMaskXObject,
  ])
  const rules: Box[] = []
  const frames: Box[] = []
  const pictures: Box[] = []
  const saved: Matrix[] = []
  let matrix: Matrix = view
  for (const [i, operation] of fnArray.entries()) {
    const args: unknown[] = argsArray[i] ?? []
    if (operation === OPS.save) saved.push(matrix)
    else if (operation === OPS.restore) matrix = saved.pop() ?? view
    else if (operation === OPS.transform) matrix = multiply(matrix, numbers(args))
    else if (operation === OPS.paintFormXObjectBegin) {
      saved.push(matrix)
      if (args[0]) matrix = multiply(matrix, numbers(args[0]))
    } else if (operation === OPS.paintFormXObjectEnd) matrix = saved.pop() ?? view
    else if (IMAGES.has(operation)) pictures.push(placed(matrix, [0, 0, 1, 1]))
    else if (operation === OPS.constructPath) {
      const [painting, path] = args
      const isStroke = STROKES.has(Number(painting))
      if (!isStroke && !FILLS.has(Number(painting))) continue
      for (const piece of piecesOf(numbers(Array.isArray(path) ? path[0] : null), isStroke))
        keep(placed(matrix, piece.box), piece.closed)
    }
  }
  return { rules, frames, pictures: pictures.filter((box) => !isThin(box)) }

  function keep(box: Box, closed: boolean) {
    const [width, height] = [box.right - box.left, box.bottom - box.top]
    if (Math.max(width, height) < SHORT) return
    if (Math.min(width, height) <= THICK) rules.push(box)
    else if (closed) frames.push(box)
  }
}

const isThin = ({ left, right, top, bottom }: Box) => Math.min(right - left, bottom - top) <= THICK

const numbers = (value: unknown): number[] =>
  value && typeof value === 'object' ? Object.values(value).map(Number) : []

interface Piece {
  readonly box: readonly [number, number, number, number]
  readonly closed: boolean
}

/** A path's pieces: each of its figures, or of what is stroked and not closed each straight line. */
function piecesOf(path: readonly number[], isStroke: boolean): Piece[] {
  const figures: { points: [number, number][]; closed: boolean }[] = []
  for (let at = 0; at < path.length;) {
    const step = path[at]!
    const count = STEP_NUMBERS[step]
    if (count === undefined) break
    if (step === MOVE || figures.length === 0) figures.push({ points: [], closed: false })
    const figure = figures.at(-1)!
    if (count === 0) figure.closed = true
    else figure.points.push([path[at + count - 1]!, path[at + count]!])
    at += count + 1
  }
  if (figures.length > PIECES) return []
  return figures.flatMap(({ points, closed }): Piece[] => {
    const ends = points.length > 2 && samePoint(points[0]!, points.at(-1)!)
    if (!isStroke || closed || ends) return [{ box: extent(points), closed: true }]
    return points.slice(1).map((point, i) => ({ box: extent([points[i]!, point]), closed: false }))
  })
}

const samePoint = (a: readonly number[], b: readonly number[]) => a[0] === b[0] && a[1] === b[1]

function extent(points: readonly (readonly [number, number])[]): [number, number, number, number] {
  const xs = points.map(([x]) => x)
  const ys = points.map(([, y]) => y)
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)]
}

function placed(
  [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0]: Matrix,
  [x0, y0, x1, y1]: readonly [number, number, number, number],
): Box {
  const xs = [a * x0 + c * y0 + e, a * x1 + c * y1 + e]
  const ys = [b * x0 + d * y0 + f, b * x1 + d * y1 + f]
  return {
    left: Math.min(...xs),
    right: Math.max(...xs),
    top: Math.min(...ys),
    bottom: Math.max(...ys),
  }
}
