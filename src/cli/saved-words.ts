import { join } from 'node:path'
import type { Config } from '../config.ts'
import { GOVERNOR_LIST } from '../language/governors.ts'
import { GAZETTEER_LIST } from '../language/places.ts'
import { ownText, useOwnWords } from '../language/word-lists.ts'
import type { Logger } from '../log.ts'
import { THESAURUS_LIST } from '../retrieval/thesaurus.ts'

/** Where staff's words are. */
export const wordsFolder = ({ WENCE_DATA_DIR }: Config) => join(WENCE_DATA_DIR, 'words')

const LISTS = [THESAURUS_LIST, GAZETTEER_LIST, GOVERNOR_LIST]

/** Reads texts with staff's words from now on; gives what of them cannot be read, a sentence each. */
export function useSavedWords(config: Config): readonly string[] {
  return use(wordsFolder(config))
}

function use(folder: string): readonly string[] {
  useOwnWords(folder)
  return LISTS.flatMap((list) => list.read().faults)
}

/** How often the files are looked at: another process may have saved them. */
const LOOK_MS = 60_000

/**
 * Takes up words as they are saved, whoever saved them: the files are looked at each minute, since no
 * file system tells of every change. `takeUpWords` looks at once; it settles when they are taken up.
 */
export function followWords(folder: string, renew: () => Promise<void>, log: Logger) {
  let known = saved(folder)
  let takenUp = Promise.resolve()
  const looking = setInterval(() => {
    takeUpWords().catch((error: unknown) => log.error({ err: error }, 'new words not taken up'))
  }, LOOK_MS).unref()
  return { takeUpWords, stop: () => clearInterval(looking) }

  function takeUpWords(): Promise<void> {
    const now = saved(folder)
    if (now === known) return takenUp
    known = now
    for (const fault of use(folder)) log.warn({ fault }, 'words cannot be read')
    takenUp = renew()
    // They are new again until they are taken up.
    takenUp.catch(() => (known = ''))
    return takenUp
  }
}

/** What is saved, to be compared. */
function saved(folder: string): string {
  return JSON.stringify(
    LISTS.map(({ name }) => {
      try {
        return ownText(folder, name)
      } catch (error) {
        return String(error)
      }
    }),
  )
}
