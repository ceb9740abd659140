/** Whether the data directory can be used, and what speaks against where it lies. */
import { accessSync, constants, existsSync, readdirSync, statfsSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { makePrivateFolder } from '../database/files.ts'

/** @throws Error with one sentence when it, or a database in it, cannot be read and written. */
export function checkDataDirectory(folder: string): void {
  try {
    makePrivateFolder(folder)
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    const what =
      code === 'EEXIST' || code === 'ENOTDIR'
        ? 'move the file that is in its place'
        : 'give yourself access to it'
    throw new Error(
      `${folder}: the data directory cannot be read and written (${code}); ${what}, or set WENCE_DATA_DIR to another.`,
      { cause: error },
    )
  }
  for (const file of databasesIn(folder)) {
    try {
      accessSync(file, constants.R_OK | constants.W_OK)
    } catch (error) {
      const owner = statSync(file, { throwIfNoEntry: false })?.uid
      if (owner === undefined) continue
      throw new Error(
        `${file} belongs to user ${owner}, and user ${process.getuid?.()} cannot read and write it; run as that user, or give it away with chown.`,
        { cause: error },
      )
    }
  }
}

/** As `statfs` tells them (magic.h of Linux): two machines may write, or memory is not shared. */
export const SHARED: ReadonlyMap<number, string> = new Map([
  [0x6969, 'NFS'],
  [0x517b, 'SMB'],
  [0xff534d42, 'SMB'],
  [0xfe534d42, 'SMB'],
  [0x01021997, '9P'],
  [0x65735546, 'FUSE'],
])

const typeOf = (path: string) => statfsSync(path).type

/** What speaks against where it lies, a sentence each. */
export function doubtsOf(folder: string, type = typeOf): string[] {
  let there = folder
  while (!existsSync(there)) there = dirname(there)
  const shared = SHARED.get(type(there))
  return [
    ...(shared === undefined
      ? []
      : [
          `${folder} is on a file system that is shared (${shared}), where databases may be damaged or stay locked; set WENCE_DATA_DIR to a disk of this machine.`,
        ]),
    ...openToOthers(there).map(
      (file) =>
        `${file} may be read by others on this machine, and belongs to another user, who may close it with chmod o=.`,
    ),
  ]
}

/** Databases that others may read, and that another user alone can close to them. */
export function openToOthers(folder: string): string[] {
  const me = process.getuid?.()
  return databasesIn(folder).filter((file) => {
    const { uid = me, mode = 0 } = statSync(file, { throwIfNoEntry: false }) ?? {}
    return me !== 0 && uid !== me && (mode & 0o007) !== 0
  })
}

/** None in what is no folder, or not ours to look into. */
export function databasesIn(folder: string): string[] {
  try {
    const names = readdirSync(folder).filter((name) => name.includes('.sqlite'))
    return names.map((name) => join(folder, name))
  } catch {
    return []
  }
}
