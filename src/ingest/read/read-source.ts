import { readFile, stat } from 'node:fs/promises'
import { extname } from 'node:path'
import { decode } from './decode.ts'
import { docxText } from './docx-text.ts'
import { PageOfLinks, readPage } from './html/page.ts'
import { pdfText } from './pdf-text.ts'
import { readJsonLines } from './read-json-lines.ts'
import { plainSource } from './source-text.ts'
import type { SourceText } from './source-text.ts'

const MEGABYTE = 1024 * 1024
const LARGEST = 50 * MEGABYTE

type Read = (bytes: Uint8Array, path: string) => Promise<SourceText>

const READERS: Readonly<Record<string, Read>> = {
  '.txt': readText,
  '.md': readText,
  '.html': readHtml,
  '.htm': readHtml,
  '.pdf': (bytes, path) => whole(path, 'PDF', pdfText(bytes)),
  '.docx': (bytes, path) => whole(path, 'Word document', docxText(bytes)),
}

/**
 * The texts of a file: one of a .txt, .md, .html, .pdf or .docx, one an article of a .jsonl.
 * @throws Error whose message says in one sentence what, where and what to do; of a .jsonl's lines
 * only when `onProblem` does not take them.
 */
export async function* readSource(
  path: string,
  onProblem?: (error: Error) => void,
): AsyncGenerator<SourceText> {
  const ending = extname(path).toLowerCase()
  try {
    const { size } = await stat(path)
    if (ending === '.jsonl') {
      yield* readJsonLines(path, onProblem)
      return
    }
    const read = READERS[ending]
    if (!read) {
      throw new Error(`${path}: cannot read this kind of file; give one of ${endings().join(' ')}.`)
    }
    if (size > LARGEST) {
      const megabytes = Math.ceil(size / MEGABYTE)
      throw new Error(
        `${path}: the file has ${megabytes} MB, more than the 50 MB that are read at once; split it, or give its articles as .jsonl.`,
      )
    }
    yield await read(await readFile(path), path)
  } catch (error) {
    throw explain(path, error)
  }
}

const endings = () => [...Object.keys(READERS), '.jsonl']

async function readText(bytes: Uint8Array, path: string): Promise<SourceText> {
  const { text, encoding, notes } = decode(bytes, path)
  return plainSource(text, { encoding, notes })
}

async function readHtml(bytes: Uint8Array, path: string): Promise<SourceText> {
  const { text, encoding, notes } = decode(bytes, path)
  try {
    const read = await readPage(text)
    if (read.text === '')
      throw new Error(`${path}: the page shows no text; save the article's own page.`)
    return { ...read, encoding, notes }
  } catch (error) {
    if (!(error instanceof PageOfLinks)) throw error
    const told = `${path}: this is a page of links, with no article on it; save the article's own page.`
    throw new Error(told, { cause: error })
  }
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
    const why = error instanceof Error ? error.message : String(error)
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
  EISDIR: 'this is a folder; give a file.',
}

function explain(path: string, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const sentence = SYSTEM[code]
  return sentence ? new Error(`${path}: ${sentence}`, { cause: error }) : error
}
