import { extname } from 'node:path'
import { wellFormed } from '../../code-points.ts'
import { decode } from './decode.ts'
import { docxText } from './docx-text.ts'
import { isReadable, unread } from './endings.ts'
import { type Origin, fetchedPage } from './fetched-page.ts'
import type { Readable } from './endings.ts'
import { PageOfLinks, readPage } from './html/page.ts'
import { LIMITS, MEGABYTE } from './limits.ts'
import type { Limits } from './limits.ts'
import { linesOfData } from './lines-of-data.ts'
import { BEGINNING, bytesOf, openFile } from './open-file.ts'
import { pdfText } from './pdf-text.ts'
import { readCsv } from './read-csv.ts'
import { readJsonLines } from './read-json-lines.ts'
import { readXlsx } from './read-xlsx.ts'
import { plainSource } from './source-text.ts'
import type { SourceText } from './source-text.ts'
import { trueEnding } from './true-ending.ts'
import { messageOf } from '../../message-of.ts'

type Read = (bytes: Uint8Array, path: string, limits: Limits) => Promise<SourceText>

type Data = '.jsonl' | keyof typeof ROWS

/** Tables of articles, one a row. */
const ROWS = { '.csv': readCsv, '.tsv': readCsv, '.xlsx': readXlsx }

const READERS: Readonly<Record<Exclude<Readable, Data>, Read>> = {
  '.txt': readText,
  '.md': readText,
  '.html': readHtml,
  '.htm': readHtml,
  '.shtml': readHtml,
  '.pdf': (bytes, path, limits) => whole(path, 'PDF', pdfText(bytes, limits)),
  '.docx': (bytes, path, limits) => whole(path, 'Word document', docxText(bytes, limits)),
}

/** Formats whose file is the text that offsets point into. */
const PLAIN: readonly string[] = ['.txt', '.md']

/**
 * The texts of a file, read by what it is, whatever its name ends with: one of a page or document,
 * one an article of data.
 * @throws Error whose message says in one sentence what, where and what to do; of data's lines only
 * when `onProblem` does not take them.
 */
export async function* readSource(
  path: string,
  onProblem: (error: Error) => void = (error) => {
    throw error
  },
  limits: Limits = LIMITS,
): AsyncGenerator<SourceText> {
  try {
    for await (const text of readAny(path, onProblem, limits)) {
      if (text.text.length <= limits.textMillions * 1_000_000) yield wellFormed(text)
      else if (text.line === null) throw tooLong(path, limits)
      else onProblem(tooLong(`${path}:${text.line}`, limits))
    }
  } catch (error) {
    throw explain(path, error)
  }
}

const tooLong = (where: string, { textMillions }: Limits) =>
  new Error(
    `${where}: the text has more than ${textMillions} million characters; give it in parts.`,
  )

async function* readAny(
  path: string,
  onProblem: (error: Error) => void,
  limits: Limits,
): AsyncGenerator<SourceText> {
  const ending = extname(path).toLowerCase()
  const file = await openFile(path)
  try {
    if (trueEnding(await bytesOf(file, BEGINNING), ending) === '.jsonl') {
      yield* readJsonLines(file, path, onProblem, limits)
      return
    }
    if (file.size > limits.fileMb * MEGABYTE) {
      const megabytes = Math.ceil(file.size / MEGABYTE)
      throw new Error(
        `${path}: the file has ${megabytes} MB, more than the ${limits.fileMb} MB that are read at once; split it, or give its articles as .jsonl.`,
      )
    }
    const bytes = await bytesOf(file)
    const found = trueEnding(bytes, ending)
    if (!isReadable(found) || found === '.jsonl') {
      const { what, advice } = unread(found)
      throw new Error(`${path}: this is ${what}; ${advice}.`)
    }
    if (isRows(found)) yield* ROWS[found](bytes, path, onProblem, limits)
    else yield { ...(await READERS[found](bytes, path, limits)), extracted: !PLAIN.includes(found) }
  } finally {
    await file.handle.close()
  }
}

const isRows = (ending: Readable): ending is keyof typeof ROWS => ending in ROWS

const LABELLED = { kind: 'data', reason: '每篇文章前有标签' } as const

async function readText(bytes: Uint8Array, path: string): Promise<SourceText> {
  const { text, encoding, notes } = decode(bytes, path)
  const rows = linesOfData(text)
  return plainSource(text, { encoding, notes, ...(rows && { rows, kind: LABELLED }) })
}

async function readHtml(bytes: Uint8Array, path: string, { depth }: Limits): Promise<SourceText> {
  const { origin, page } = fetchedPage(bytes)
  const { text, encoding, notes } = decode(page, path, origin?.charset ?? undefined)
  try {
    const read = await readPage(text, depth)
    if (read.text === '')
      throw new Error(`${path}: the page shows no text; save the article's own page.`)
    return { ...(origin ? fetchedFrom(origin, read) : read), encoding, notes }
  } catch (error) {
    if (!(error instanceof PageOfLinks)) throw error
    const told = `${path}: this is a page of links, with no article on it; save the article's own page.`
    throw new Error(told, { cause: error })
  }
}

/** Where a page was fetched is where it is, whatever it says; when it was published it may say itself. */
function fetchedFrom({ url, published }: Origin, read: SourceText): SourceText {
  return { ...read, given: { ...read.given, url, date: read.given.date ?? published } }
}

/** A library's own complaint becomes the end of our sentence. */
async function whole(
  path: string,
  format: string,
  reading: Promise<SourceText>,
): Promise<SourceText> {
  try {
    const read = await reading
    if (read.text.trim() !== '') return read
  } catch (error) {
    const why = messageOf(error)
    if (error instanceof Error && error.name === 'PasswordException') {
      throw new Error(`${path}: the ${format} is locked by a password; save it without one.`, {
        cause: error,
      })
    }
    throw new Error(
      `${path}: the ${format} cannot be read (${why}); save it anew or give its text.`,
      {
        cause: error,
      },
    )
  }
  throw new Error(`${path}: the ${format} has no text; give its text.`)
}

const SYSTEM: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file; check the path.',
  EACCES: 'no permission to read it; give yourself read access to it.',
  EPERM: 'no permission to read it; give yourself read access to it.',
}

function explain(path: string, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const sentence = SYSTEM[code]
  return sentence ? new Error(`${path}: ${sentence}`, { cause: error }) : error
}
