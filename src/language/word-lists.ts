/**
 * Lists of words are plain files beside the code. What staff add to them, or take out of them, stands
 * beside the data in files of the same names and the same writing, so that it outlasts an upgrade.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { messageOf } from '../message-of.ts'

/** A line that says something: no comment, no blank. */
export interface Line {
  readonly text: string
  /** Whether staff wrote it. */
  readonly isOwn: boolean
  /** Behind a `-` in a line of staff's: what it says holds no more. */
  readonly takesOut: boolean
}

/** Makes words of lines, in their order. `take` throws a SyntaxError in Chinese where a line cannot be read. */
export interface Reader<W> {
  readonly take: (line: Line) => void
  /** Called before staff's lines, which stand in no section until they open one. */
  readonly leaveSection?: () => void
  readonly words: () => W
}

/** The words that hold, and what of staff's file could not be read, a sentence each. */
export interface Reading<W> {
  readonly words: W
  readonly faults: readonly string[]
  /** Staff's file, as far as it could be read. */
  readonly own: string
}

export interface WordList<W> {
  /** The name of both files: `thesaurus.txt`. */
  readonly name: string
  /** The file beside the code. */
  readonly builtIn: string
  /** What holds with this file of staff's: a line of it that cannot be read is passed over. */
  readonly with: (own: string) => Reading<W>
  /** What holds with what staff saved: read when it is first asked for, and again after `useOwnWords`. */
  readonly read: () => Reading<W>
}

/** Where staff's own files are; a new object each time it is told. */
let used: { readonly folder: string | undefined } = { folder: undefined }

/**
 * Says where staff's words are, before texts are read. What was made of texts before is kept, so
 * whoever computes answers with other words is a new thread.
 */
export function useOwnWords(folder: string | undefined): void {
  used = { folder }
}

/** Where staff's words are, for a process that shall read with the same. */
export const ownWordsFolder = (): string | undefined => used.folder

export function wordList<W>(name: string, beside: URL, startReading: () => Reader<W>): WordList<W> {
  const builtIn = readFileSync(new URL(name, beside), 'utf8')
  let last: { readonly of: typeof used; readonly reading: Reading<W> } | undefined
  return { name, builtIn, with: ofLast(withOwn), read }

  function withOwn(own: string): Reading<W> {
    const reader = startReading()
    const faults: string[] = []
    for (const { line } of linesOf(builtIn, false)) reader.take(line)
    reader.leaveSection?.()
    for (const { line, n } of linesOf(own, true)) {
      try {
        reader.take(line)
      } catch (error) {
        if (!(error instanceof SyntaxError)) throw error
        faults.push(`${name} 第 ${n} 行没有读入：${error.message}`)
      }
    }
    return { words: reader.words(), faults, own }
  }

  function read(): Reading<W> {
    if (last?.of !== used) last = { of: used, reading: readUsed() }
    return last.reading
  }

  function readUsed(): Reading<W> {
    try {
      return withOwn(used.folder === undefined ? '' : ownText(used.folder, name))
    } catch (error) {
      const why = messageOf(error)
      return { ...withOwn(''), faults: [why] }
    }
  }
}

/** A draft is looked at many times, beside what is saved. */
const KEPT = 4

/** The same reading, kept of the last texts. */
function ofLast<W>(read: (own: string) => Reading<W>): (own: string) => Reading<W> {
  const known = new Map<string, Reading<W>>()
  return (own) => {
    const reading = known.get(own) ?? read(own)
    known.delete(own)
    known.set(own, reading)
    if (known.size > KEPT) known.delete(known.keys().next().value!)
    return reading
  }
}

/**
 * What staff wrote in a list; nothing where there is no such file.
 * @throws Error in a sentence when the file cannot be read.
 */
export function ownText(folder: string, name: string): string {
  const file = join(folder, name)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file))
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (code === 'ENOENT' || code === 'ENOTDIR') return ''
    const why = error instanceof TypeError ? '不是 UTF-8 编码' : code
    throw new Error(`${file} 读不了（${why}）；只用自带的词。`, { cause: error })
  }
}

/** Reads a list that is all in one text. */
export function readAll<W>(text: string, { take, words }: Reader<W>): W {
  for (const { line } of linesOf(text, false)) take(line)
  return words()
}

/** The lines of a file that say something, with their numbers from 1; # begins a comment. */
export function linesOf(file: string, isOwn: boolean): { line: Line; n: number }[] {
  return file.split(/\r?\n/u).flatMap((written, i) => {
    const text = written.replace(/^\uFEFF/u, '').trim()
    if (text === '' || text.startsWith('#')) return []
    const [dash = ''] = (isOwn && /^[-－]\s*/u.exec(text)) || []
    return { line: { text: text.slice(dash.length), isOwn, takesOut: dash !== '' }, n: i + 1 }
  })
}
