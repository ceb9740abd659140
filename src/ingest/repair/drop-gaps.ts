import { replace } from '../../traced.ts'
import type { Traced } from '../../traced.ts'

/** First cut. */
export function dropGaps(traced: Traced): Traced {
  return replace(
    traced,
    /(?<=[，。、；：？！“”‘’（）《》〈〉…—])[ \t\u3000]+(?=\S)|(?<=\S)[ \t\u3000]+(?=[，。、；：？！“”‘’（）《》〈〉…—])|(?<=\p{Script=Han})[ \t\u3000]+(?=[0-9A-Za-z])|(?<=[0-9A-Za-z%])[ \t\u3000]+(?=\p{Script=Han})/gu,
    '',
  )
}
