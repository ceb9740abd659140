import { type Evidenced, ModelDraft } from '../verify/draft.ts'
import { LooseEvidenced } from './read-draft.ts'
import { readJson, THINKING, THOUGHT } from './read-json.ts'

/** What became complete: the draft's status, or the next of its statements. */
export type DraftPart =
  | { readonly status: ModelDraft['status'] }
  | { readonly statement: Evidenced }

interface Open {
  readonly bracket: '{' | '['
  /** Where a value of the draft starts. */
  readonly start: number
  /** The property that is being read, of an object. */
  key: string
}

const LONGEST_TAG = 24

/**
 * Reads a draft while it comes in: each piece of text gives the parts that it completes. It only looks
 * ahead; what the whole text says in the end is for `readDraft`.
 */
export function createDraftStream(): (piece: string) => DraftPart[] {
  let text = ''
  /** Where the thinking ends, as far as it has come in. */
  let thought = 0
  let hasThought = false
  let at = 0
  let open: Open[] = []
  let string: { start: number } | undefined

  return function read(piece) {
    text += piece
    // Thinking ends with a tag; without one there is nothing to look for.
    if (at < LONGEST_TAG || thought === at || piece.includes('>')) skipThinking(piece)
    const parts: DraftPart[] = []
    for (; at < text.length; at++) parts.push(...step(text[at]!))
    return parts
  }

  /** What was read so far was not the draft when it turns out to have been thinking. */
  function skipThinking(piece: string) {
    // A tag ends in the piece that came last: what was looked at before is not looked at again.
    const from = Math.max(0, text.length - piece.length - LONGEST_TAG)
    const tag = [...text.slice(from).matchAll(THOUGHT)].at(-1)
    if (!tag && (hasThought || !THINKING.test(text.slice(0, LONGEST_TAG)))) return
    hasThought ||= tag !== undefined
    const end = tag ? from + tag.index + tag[0].length : text.length
    if (end === thought) return
    thought = end
    open = []
    string = undefined
    at = end
  }

  function step(char: string): DraftPart[] {
    if (string) return inString(char, string)
    if (char === '"' && open.length > 0) string = { start: at }
    else if (char === '{' || (char === '[' && open.length > 0)) {
      open.push({ bracket: char, start: at, key: '' })
    } else if (char === '}' || char === ']') return closed(open.pop())
    return []
  }

  function inString(char: string, { start }: { start: number }): DraftPart[] {
    if (char === '\\') {
      at++
      return []
    }
    if (char !== '"') return []
    string = undefined
    const top = open.at(-1)
    if (top?.bracket !== '{') return []
    const value = text.slice(start + 1, at)
    if (/:\s*$/.test(text.slice(Math.max(0, start - 8), start))) {
      return open.length === 1 && top.key === 'status' ? statusPart(value) : []
    }
    top.key = value
    return []
  }

  function closed(value: Open | undefined): DraftPart[] {
    const [object, array] = open
    if (!value || open.length !== 2 || object?.key !== 'statements') return []
    if (array?.bracket !== '[' || value.bracket !== '{') return []
    const { data } = LooseEvidenced.safeParse(readJson(text.slice(value.start, at + 1)))
    return data ? [{ statement: data }] : []
  }
}

function statusPart(value: string): DraftPart[] {
  const { data: status } = ModelDraft.shape.status.safeParse(value)
  return status ? [{ status }] : []
}
