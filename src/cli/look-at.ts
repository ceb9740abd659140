import { existsSync } from 'node:fs'
import type { Look } from '../desk/articles/sources.ts'
import type { Readers } from '../ingest/reading/open-readers.ts'
import type { FileToRead } from '../ingest/reading/tasks.ts'
import { messageOf } from '../message-of.ts'

/** How the text of a file is read in which an article stands, by default its first; in a process of its own. */
export async function lookAt(
  readers: Pick<Readers<'explanation'>, 'read'>,
  file: FileToRead,
  asked: Required<FileToRead>['asked'],
): Promise<Look> {
  try {
    let explanation: Look['explanation'] = null
    // To its end, or the process could not be asked again.
    for await (const item of readers.read({ ...file, asked }))
      if ('read' in item) explanation = item.read
    // There are fewer by now.
    if (!explanation && asked.n !== undefined) return await lookAt(readers, file, {})
    return { explanation, fault: null }
  } catch (error) {
    const said = messageOf(error)
    return { explanation: null, fault: { isGone: !existsSync(file.path), said } }
  }
}
