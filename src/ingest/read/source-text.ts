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
  readonly given: Given
  /** The line of a .jsonl that it stands on, from 1. */
  readonly line: number | null
  /** Where each page of a .pdf begins, in order. */
  readonly pages: readonly { readonly page: number; readonly start: number }[]
  /** What of the text is no part of an article. */
  readonly asides: readonly Aside[]
  /** Links of a .html, by the words that carry them. */
  readonly links: readonly Link[]
  /** What was unsure, for staff, in Chinese. */
  readonly notes: readonly string[]
}

/** A caption, or what a page prints around its articles: a running head, a page number, a print mark. */
export interface Aside {
  readonly start: number
  readonly end: number
  readonly what: '图片说明' | '页眉页脚' | '页码' | '打印标记' | '未能归属的标题行'
}

export interface Link {
  readonly start: number
  readonly end: number
  readonly url: string
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
    given: NOTHING_GIVEN,
    line: null,
    pages: [],
    asides: [],
    links: [],
    notes: [],
    ...known,
  }
}
