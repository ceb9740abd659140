import { heightOf, holds, overlapX, widthOf } from './box.ts'
import type { Box, Line } from './box.ts'
import { rowsOf } from './lines.ts'

/** In sizes of the body's type: what is larger is a picture; how near its caption stands; its lines. */
const PICTURE = 3
const NEAR = 1.6
const LEADING = 0.8
const ASIDE = 1.5
const LINES = 6
/** Print so much smaller than the body is set apart. */
const SMALLER = 0.97

/** Pictures of a page; a coloured ground without print on it is one, too. */
export const findPictures = (
  { pictures, frames }: { readonly pictures: readonly Box[]; readonly frames: readonly Box[] },
  lines: readonly Line[],
  em: number,
): Box[] =>
  [...pictures, ...frames.filter((frame) => !lines.some((line) => holds(frame, line)))].filter(
    (picture) => widthOf(picture) >= PICTURE * em && heightOf(picture) >= PICTURE * em,
  )

/** Lines right under a picture that are set otherwise than the text, or say whose picture it is. */
export function findCaptions(
  lines: readonly Line[],
  pictures: readonly Box[],
  body: { readonly size: number; readonly font: string },
): Line[][] {
  const em = body.size
  const captions: Line[][] = []
  const taken = new Set<Line>()
  for (const picture of pictures) {
    const under = lines.filter(
      (line) =>
        !taken.has(line) &&
        line.top > picture.bottom - em / 2 &&
        line.left > picture.left - ASIDE * em &&
        line.right < picture.right + ASIDE * em &&
        overlapX(line, picture) > widthOf(line) / 2,
    )
    const caption: Line[] = []
    let bottom = picture.bottom
    for (const row of rowsOf(under)) {
      const [first] = row
      const reach = caption.length === 0 ? NEAR * em : LEADING * first!.size
      const isOther = caption.length > 0 && !sameStyle(caption[0]!, first!)
      if (first!.top - bottom > reach || isOther || caption.length > LINES) break
      caption.push(...row)
      bottom = first!.bottom
    }
    const text = caption.map((line) => line.text).join('')
    const isApart =
      caption.length > 0 &&
      caption[0]!.size < em * 1.2 &&
      (caption[0]!.size < em * SMALLER || caption[0]!.font !== body.font)
    if (!isApart && !/^[▲△▼▽◀▶]|摄\s*[）)]?$/u.test(text)) continue
    for (const line of caption) taken.add(line)
    captions.push(caption)
  }
  return captions
}

const sameStyle = (a: Line, b: Line) => Math.abs(a.size - b.size) < 0.5 && a.font === b.font
