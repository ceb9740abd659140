import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makePrivateFolder } from '../database/files.ts'
import { isInUse } from '../database/snapshot.ts'
import { NewerError } from '../database/version.ts'
import { lookAtLedger, moveFiles } from '../ingest/ledger.ts'
import { PLACING, REPLACING } from './half-restored.ts'
import { ORIGINALS, type Manifest, ROOT } from './manifest.ts'
import { openBackup } from './open-backup.ts'
import { isDatabase, stateFilesIn } from './state-files.ts'

/** What is unpacked and not looked through yet: thrown away when it is broken off. */
const UNPACKING = 'restore.unpacking'

export interface RestoreOptions {
  readonly dataDirectory: string
  /** What ingest remembers, by its name in the data directory. */
  readonly ledger: string
  /** There while an index is being filled, by its name. */
  readonly fillingMark: string
  /** Sets what is there aside. */
  readonly replace: boolean
  /** The name of the folder for that. */
  readonly aside: string
  /** Brings what was unpacked into a folder up to this version and day. */
  readonly prepare: (folder: string) => Promise<void>
}

/**
 * Puts what a backup holds into a data directory with nothing in it, or in the place of what is there.
 * Nothing of that is touched before all of the backup was read and prepared; killed after that, it is
 * finished by `finishRestore`. The index is left to the next start.
 * @throws Error in a sentence when it cannot be done.
 */
export async function restoreBackup(file: string, options: RestoreOptions): Promise<Manifest> {
  const { dataDirectory, ledger, fillingMark, replace, aside, prepare } = options
  makePrivateFolder(dataDirectory)
  if (!replace && stateFilesIn(dataDirectory).length > 0)
    throw new Error(
      `${dataDirectory} is not empty: restore into another folder (WENCE_DATA_DIR), or set what is there aside with --replace.`,
    )
  refuseInUse(dataDirectory)
  const folder = join(dataDirectory, UNPACKING)
  try {
    const manifest = await openBackup(file).unpack(folder)
    if (existsSync(join(folder, ledger))) {
      placeRead(folder, manifest, options)
      writeFileSync(join(folder, fillingMark), '', { mode: 0o600 })
    }
    await prepare(folder).catch((error: unknown) => {
      if (!(error instanceof NewerError)) throw error
      throw new Error(
        `${file} was taken by version ${manifest.version}, which is newer than this: restore it with that.`,
        { cause: error },
      )
    })
    refuseInUse(dataDirectory)
    renameSync(folder, join(dataDirectory, REPLACING))
    finishRestore(dataDirectory, aside)
    return manifest
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Finishes a restore, whenever it was broken off; `aside` is the folder for what is replaced. */
export function finishRestore(dataDirectory: string, aside: string): void {
  const at = (name: string) => join(dataDirectory, name)
  if (existsSync(at(REPLACING))) {
    for (const name of readdirSync(dataDirectory).filter((one) => !STAYS.test(one))) {
      if (INDEX.test(name)) rmSync(at(name), { recursive: true, force: true })
      else {
        mkdirSync(at(aside), { recursive: true, mode: 0o700 })
        renameSync(at(name), join(at(aside), name))
      }
    }
    renameSync(at(REPLACING), at(PLACING))
  }
  if (!existsSync(at(PLACING))) return
  for (const name of readdirSync(at(PLACING))) renameSync(join(at(PLACING), name), at(name))
  rmSync(at(PLACING), { recursive: true })
}

/** Of this machine and its disk, and of restoring itself. */
const STAYS = /^(?:restore\.|replaced-|backup\.json$|lost\+found$|.*\.lock\.sqlite)/u
/** No state: made again of what is restored. */
const INDEX = /^(?:index\.sqlite|filling$)/u

function refuseInUse(dataDirectory: string): void {
  const used = readdirSync(dataDirectory)
    .filter(isDatabase)
    .filter((name) => !STAYS.test(name))
    .find((name) => isInUse(join(dataDirectory, name)))
  if (used !== undefined)
    throw new Error(
      `${join(dataDirectory, used)} is in use: stop the bot, the web server and what ingests first.`,
    )
}

/** Tells the ledger where files lie now: where they lay, if they still do, else in the data directory. */
function placeRead(folder: string, manifest: Manifest, { dataDirectory, ledger }: RestoreOptions) {
  const copyOf = new Map(Object.entries(manifest.originals).map(([name, path]) => [path, name]))
  const moved = new Map<string, string>()
  for (const { path } of lookAtLedger(join(folder, ledger)).files) {
    const inside = within(manifest.dataDirectory, path)
    const copy = copyOf.get(path)?.slice(ROOT.length)
    if (inside !== undefined) moved.set(path, join(dataDirectory, inside))
    else if (copy !== undefined && existsSync(path)) rmSync(join(folder, copy))
    else if (copy !== undefined) moved.set(path, join(dataDirectory, copy))
  }
  moveFiles(join(folder, ledger), moved)
  const originals = join(folder, ORIGINALS.slice(ROOT.length))
  if (existsSync(originals) && stateFilesIn(originals).length === 0)
    rmSync(originals, { recursive: true })
}

/** A path as it is seen from a folder that it lies in; nothing of others. Both may be another system's. */
function within(folder: string, path: string): string | undefined {
  const rest = path.slice(folder.length)
  return path.startsWith(folder) && /^[\\/]/u.test(rest)
    ? rest.slice(1).split(/[\\/]/u).join('/')
    : undefined
}
