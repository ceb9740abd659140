import type { KindOfSource } from '../source-kind.ts'

/** What a source says of itself beside its text: a page's head, an article's fields. */
export interface Given {
  readonly id: string | null
  readonly title: string | null
  readonly date: string | null
  readonly place: string | null
  readonly publication: string | null
  readonly url: string | null
}

/** A text as read from a file, before any repair; offsets are UTF-16 and count without a BOM. */
export interface SourceText {
  readonly text: string
  readonly encoding: string | null
  /** What the source is, where its format says so. */
  readonly kind: KindOfSource | null
  readonly given: Given
  /** The line of a .jsonl that it stands on, from 1. */
  readonly line: number | null
  /** Where each page of a .pdf begins, in order. */
  readonly pages: readonly { readonly page: number; readonly start: number }[]
  /** Its lines are the writer's: no page broke them, and no page's head stands between them. */
  readonly unpaged: boolean
  /** What was unsure, for staff, in Chinese. */
  readonly notes: readonly string[]
}

export const NOTHING_GIVEN: Given = {
  id: null,
  title: null,
  date: null,
  place: null,
  publication: null,
  url: null,
}

/** A text of which nothing else is known. */
export function plainSource(text: string, known: Partial<SourceText> = {}): SourceText {
  return {
    text,
    encoding: null,
    kind: null,
    given: NOTHING_GIVEN,
    line: null,
    pages: [],
    unpaged: false,
    notes: [],
    ...known,
  }
}
