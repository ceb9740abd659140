import type { Look } from '../desk/articles/sources.ts'
import type { Readers } from '../ingest/reading/open-readers.ts'
import type { FileToRead } from '../ingest/reading/tasks.ts'

/** How the text of a file is read in which an article stands, by default its first; in a process of its own. */
export async function lookAt(
  readers: Readers<'explanation'>,
  file: FileToRead,
  n?: number,
): Promise<Look> {
  const nothing: Look = { explanation: null, fault: null, before: null, behind: null }
  let found = nothing
  let before: number | null = null
  try {
    for await (const item of readers.read(file)) {
      if ('problem' in item) continue
      const explanation = item.read
      const first = explanation.articles[0]?.article.n ?? null
      if (found.explanation) return { ...found, behind: first }
      if (n === undefined || explanation.articles.some(({ article }) => article.n === n))
        found = { ...nothing, explanation, before }
      before = first
    }
    if (found.explanation || n === undefined) return found
    return await lookAt(readers, file)
  } catch (error) {
    const fault = error instanceof Error ? error.message : String(error)
    return found.explanation ? found : { ...nothing, fault }
  }
}
