import type { Aside } from '../source-text.ts'
import type { Part } from './flow.ts'
import { carriesOn, joint } from './flow.ts'

/** Marks before parts, as in Markdown. */
const MARKS: Readonly<Record<Part['kind'], string>> = {
  kicker: '### ',
  title: '# ',
  subtitle: '## ',
  subhead: '## ',
  paragraph: '',
  table: '',
}

export interface Writer {
  /** Writes a part, or carries on with it the paragraph before. */
  readonly add: (part: Part) => void
  /** Ends the article: nothing carries on what came before. */
  readonly end: () => void
  /** Writes what is no part of an article. */
  readonly addAside: (text: string, what: Aside['what']) => void
  /** Where a part's own text would stand if it came next. */
  readonly nextStart: (part: Part) => number
  readonly length: () => number
  readonly read: () => { text: string; asides: Aside[] }
}

/** Writes parts one after another: an empty line between them, none within a headline. */
export function createWriter(): Writer {
  const pieces: string[] = []
  const asides: Aside[] = []
  let length = 0
  let last: Part | null = null

  const write = (text: string) => {
    pieces.push(text)
    length += text.length
  }

  const lead = (part: Part): string => {
    if (last && carriesOn(last, part)) return joint(last.text, part.text)
    const isHead = last !== null && isHeadline(last.kind) && isHeadline(part.kind)
    return (length === 0 ? '' : isHead ? '\n' : '\n\n') + MARKS[part.kind]
  }

  function add(part: Part): void {
    write(lead(part) + part.text)
    last = part
  }

  function addAside(text: string, what: Aside['what']): void {
    write(length === 0 ? '' : '\n\n')
    asides.push({ start: length, end: length + text.length, what })
    write(text)
    last = null
  }

  return {
    add,
    addAside,
    end: () => void (last = null),
    nextStart: (part) => length + lead(part).length,
    length: () => length,
    read: () => ({ text: pieces.join(''), asides }),
  }
}

const isHeadline = (kind: Part['kind']) =>
  kind === 'kicker' || kind === 'title' || kind === 'subtitle'
