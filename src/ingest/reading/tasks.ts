import type { Correction } from '../../correction.ts'
import type { SourceKind } from '../../corpus.ts'
import type { Asked, Explanation } from '../../explanation.ts'
import type { ReadArticles } from '../read-articles.ts'
import type { Limits } from '../read/limits.ts'

/** A file, the name it is cited by, what staff said it is, and what they corrected in it. */
export interface FileToRead {
  readonly path: string
  readonly source: string
  readonly kind: SourceKind | null
  readonly corrections?: readonly Correction[]
  /** Of what is to be explained: the text in which this article stands, or the first; else all of them, whole. */
  readonly asked?: Asked
}

type Reads<T> = (
  file: FileToRead,
  limits: Limits,
  onProblem: (problem: string) => void,
) => AsyncGenerator<T>

/** What files can be read for: each loads what it needs, and gives something for every text of a file. */
export const TASKS = { articles, explanation, repair }

export type Task = keyof typeof TASKS

/** What a task gives for a text. */
export type Read<T extends Task> =
  Awaited<ReturnType<(typeof TASKS)[T]>> extends Reads<infer R> ? R : never

async function articles() {
  const [{ readArticles }] = await Promise.all([
    import('../read-articles.ts'),
    import('../chunk.ts'),
  ])
  const read: Reads<ReadArticles> = ({ path, source, kind, corrections }, limits, onProblem) =>
    readArticles(path, source, onProblem, { as: kind, limits, ...(corrections && { corrections }) })
  return read
}

async function explanation() {
  const [{ explain }, { understand }, { readSource }, { correctionsByLine }, { wordsAlone }] =
    await Promise.all([
      import('../explain.ts'),
      import('../read-articles.ts'),
      import('../read/read-source.ts'),
      import('../corrections/corrections-by-line.ts'),
      import('../corrections/words-alone.ts'),
    ])
  const read: Reads<Explanation> = async function* (file, limits, onProblem) {
    const { path, source, kind: as, asked } = file
    const texts = () => readSource(path, () => {}, limits)
    const corrected = await correctionsByLine(file.corrections ?? [], texts)
    let found: Explanation | undefined
    let before: number | null = null
    for await (const text of readSource(path, ({ message }) => onProblem(message), limits)) {
      const { line } = text
      if (found) {
        found = { ...found, behind: line }
        break
      }
      const isAsked = line === null || line >= (asked?.n ?? 0)
      if (!asked || isAsked) {
        const corrections = corrected.get(line) ?? []
        const understood = understand(text, source, { as, corrections })
        const explained = explain({ source, text: text.text, line, ...understood }, asked)
        if (asked) found = { ...explained, before }
        else yield explained
      }
      before = line
    }
    if (found) {
      const near = found.line === null ? undefined : asked?.near
      yield near === undefined ? found : { ...found, alone: await wordsAlone(found, near, texts()) }
    }
  }
  return read
}

async function repair() {
  const [{ repairedText }, { readSource }] = await Promise.all([
    import('../repaired.ts'),
    import('../read/read-source.ts'),
  ])
  const read: Reads<string> = async function* ({ path }, limits) {
    for await (const { text } of readSource(path, undefined, limits)) yield repairedText(text)
  }
  return read
}
