import { dirname } from 'node:path'
import type { Entry } from '../ledger.ts'

/** A folder of which so much is gone that it is rather not there just now. */
export interface HeldBack {
  readonly folder: string
  /** How many files that were read from it are gone. */
  readonly gone: number
}

/** Of fewer files, as of an inbox that is cleared, none was ever a share that went away. */
const FEWEST = 20
/** Who clears up leaves more than that; who does not can say so. */
const MOST_SHARE = 0.5

/**
 * What is gone, parted into what is taken out and what is held back: all of a watched folder, or more
 * than half of a folder that still stands, of 20 files or more, look like a share that is not mounted.
 * A folder that is gone itself was removed. Where as many files came as went, they have moved.
 * `read` are all that were read of the watched `roots`, `fresh` how many files were never read.
 */
export function partGone(
  gone: readonly Entry[],
  {
    read,
    fresh,
    roots,
    stands,
  }: {
    readonly read: readonly Entry[]
    readonly fresh: number
    readonly roots: readonly string[]
    readonly stands: (folder: string) => boolean
  },
): { readonly leaving: readonly Entry[]; readonly held: readonly HeldBack[] } {
  if (gone.length === 0 || fresh >= gone.length) return { leaving: gone, held: [] }
  const before = countIn(read)
  const suspects = [...countIn(gone)].flatMap(([folder, count]): HeldBack[] => {
    const all = before.get(folder) ?? 0
    const isEmptied = roots.includes(folder) && count === all && fresh === 0
    const isThin = count >= FEWEST && count > all * MOST_SHARE && stands(folder)
    return isEmptied || isThin ? [{ folder, gone: count }] : []
  })
  const names = new Set(suspects.map(({ folder }) => folder))
  const isHeld = ({ path }: Entry) => foldersOf(path).some((folder) => names.has(folder))
  // Of a folder in another that is held back, nothing more is to be said.
  const held = suspects.filter(({ folder }) => !foldersOf(folder).some((over) => names.has(over)))
  return { leaving: gone.filter((entry) => !isHeld(entry)), held }

  /** How many files lie in each folder, at any depth. */
  function countIn(entries: readonly Entry[]): Map<string, number> {
    const counts = new Map<string, number>()
    for (const { path } of entries)
      for (const folder of foldersOf(path)) counts.set(folder, (counts.get(folder) ?? 0) + 1)
    return counts
  }

  /** The folders that a path lies in, up to the watched one. */
  function foldersOf(path: string): string[] {
    const folders: string[] = []
    for (let at = path; !roots.includes(at) && at !== dirname(at);) {
      at = dirname(at)
      folders.push(at)
    }
    return folders
  }
}
