import { replace } from '../../traced.ts'
import type { Traced } from '../../traced.ts'

/** Exactly two: three and more of a full stop are an ellipsis as somebody typed it. */
const DOUBLED = /([“”‘’，。、；])(?<!\1\1)\1(?!\1)/g

/** A mark printed twice, as headlines with ornaments come out (““中国红””), stands once. */
export function singleMarks(traced: Traced): Traced {
  return replace(traced, DOUBLED, ([, mark]) => mark!)
}
