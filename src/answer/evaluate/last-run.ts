import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { z } from 'zod'

/** What is kept of a run: which questions were asked and which were wrong. */
const LastRun = z.object({ ids: z.array(z.string()), wrong: z.array(z.string()) })
export type LastRun = z.infer<typeof LastRun>

/** The run kept in a file; null when there is none, or when another version wrote it. */
export async function readLastRun(file: string): Promise<LastRun | null> {
  const text = await readFile(file, 'utf8').catch(() => null)
  if (text === null) return null
  try {
    const parsed = LastRun.safeParse(JSON.parse(text))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

export async function writeLastRun(file: string, run: LastRun): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, `${JSON.stringify(run)}\n`)
}
