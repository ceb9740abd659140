import type { Span } from '../../traced.ts'
import type { SourceKind } from '../../corpus.ts'

/** What a source is, and how that was seen, in Chinese for staff. */
export interface KindOfSource {
  readonly kind: SourceKind
  readonly reason: string
}

/** What a source says of itself beside its text: a page's head, an article's fields. */
export interface Given {
  readonly id: string | null
  readonly title: string | null
  readonly date: string | null
  readonly place: string | null
  readonly publication: string | null
  readonly url: string | null
}

/** An article of a text that labels its articles: where its words stand, and what the labels say. */
export interface Row extends Span {
  readonly given: Given
}

/** A text as read from a file, before any repair; offsets are UTF-16 and count without a BOM. */
export interface SourceText {
  readonly text: string
  readonly encoding: string | null
  /** Was it taken out of the file's own format? Then offsets point into it, and not into the file. */
  readonly extracted: boolean
  /** What the source is, where its format says so. */
  readonly kind: KindOfSource | null
  readonly given: Given
  /** The line of a .jsonl that it stands on, or the row of a table, from 1. */
  readonly line: number | null
  /** Its articles, where the text labels each. */
  readonly rows: readonly Row[]
  /** Where each page of a .pdf begins, in order. */
  readonly pages: readonly { readonly page: number; readonly start: number }[]
  /** Its lines are the writer's: no page broke them, and no page's head stands between them. */
  readonly unpaged: boolean
  /** Its reader put each article together under its headline, marked as in Markdown. */
  readonly composed: boolean
  /** What of the text is no part of an article. */
  readonly asides: readonly Aside[]
  /** What was unsure, for staff, in Chinese. */
  readonly notes: readonly string[]
}

/** A caption, or what a page prints around its articles: a running head, a page number, a print mark. */
export interface Aside {
  readonly start: number
  readonly end: number
  readonly what: '图片说明' | '页眉页脚' | '页码' | '打印标记' | '未能归属的标题行'
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
    extracted: false,
    kind: null,
    given: NOTHING_GIVEN,
    line: null,
    rows: [],
    pages: [],
    unpaged: false,
    composed: false,
    asides: [],
    notes: [],
    ...known,
  }
}
