import { readFile } from 'node:fs/promises'
import { readingProblem } from '../ingest/find-files.ts'

/** A file's text. Throws with a reason for its reader when it cannot be read. */
export async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    throw new Error(readingProblem(file, error), { cause: error })
  }
}
