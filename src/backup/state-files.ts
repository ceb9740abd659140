/** What of a data directory is state: all that is not known to be something else. */
import { realpathSync, statSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** What is no state, by its name, each with an example. */
export const NO_STATE: readonly { readonly name: RegExp; readonly like: string }[] = [
  // The index is made again from the files that were read.
  { name: /^index\.sqlite(?:\.whole)?$/u, like: 'index.sqlite.whole' },
  // Beside a database, and part of what is read of it.
  { name: /-(?:wal|shm|journal)$/u, like: 'conversations.sqlite-wal' },
  // Who has a turn just now.
  { name: /\.lock\.sqlite(?:\.by)?$/u, like: 'ingest.lock.sqlite.by' },
  // On the way to be something, or set aside; small copies that are made each hour.
  { name: /\.(?:fresh|new|part|rescued|damaged|before|backup)$/u, like: 'desk.sqlite.backup' },
  { name: /^(?:filling|backup\.json|watch\.json)$/u, like: 'filling' },
  { name: /^restore\./u, like: 'restore.unpacking' },
  { name: /^replaced-/u, like: 'replaced-2026-11-26-0300' },
  // The system's, where a disk of its own is mounted there.
  { name: /^lost\+found$/u, like: 'lost+found' },
]

const isState = (name: string) => !NO_STATE.some((other) => other.name.test(name))

export const isDatabase = (name: string) => name.endsWith('.sqlite')

/** The files of a data directory that are state, by their paths in it, in a stable order; links are followed. */
export function stateFilesIn(folder: string): string[] {
  const seen = new Set<string>()
  return filesIn('')

  function filesIn(under: string): string[] {
    const here = realpathSync(join(folder, under))
    if (seen.has(here)) return []
    seen.add(here)
    return readdirSync(here)
      .filter(isState)
      .toSorted((a, b) => (a < b ? -1 : 1))
      .flatMap((name) => {
        const path = under === '' ? name : `${under}/${name}`
        // What is thrown away meanwhile is not there.
        const found = statSync(join(folder, path), { throwIfNoEntry: false })
        if (found?.isDirectory()) return filesIn(path)
        return found?.isFile() ? [path] : []
      })
  }
}
