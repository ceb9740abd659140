import { accessSync, constants, existsSync, mkdirSync, rmSync, statSync } from 'node:fs'
import { open, rename } from 'node:fs/promises'
import { dirname, join, sep } from 'node:path'
import { isDamage, isNoRoom } from '../database/errors.ts'
import { lookInto } from '../database/look-into.ts'
import { rowsIn, snapshotInto } from '../database/snapshot.ts'
import { versionOf } from '../database/version.ts'
import { lookAtLedger } from '../ingest/ledger.ts'
import { messageOf } from '../message-of.ts'
import { type Packed, createArchive } from './archive.ts'
import { FORMAT, MANIFEST, type Manifest, ORIGINALS, ROOT, STATE } from './manifest.ts'
import { openBackup } from './open-backup.ts'
import { isDatabase, stateFilesIn } from './state-files.ts'

export interface TakeOptions {
  readonly dataDirectory: string
  /** What ingest remembers, by its name in the data directory. */
  readonly ledger: string
  /** The version of the program. */
  readonly version: string
  /** Milliseconds since 1970. */
  readonly now: number
}

export interface Taken {
  readonly manifest: Manifest
  readonly bytes: number
}

/**
 * Takes all state of a data directory into one file while others write to it, reads that back, and
 * only then gives it its name: whatever goes wrong before, an earlier file of that name stays.
 * @throws Error in a sentence when it cannot be taken, or is not what was to be taken.
 */
export async function takeBackup(file: string, options: TakeOptions): Promise<Taken> {
  const part = `${file}.part`
  const scratch = `${part}.d`
  const clear = () => {
    for (const path of [part, scratch]) rmSync(path, { recursive: true, force: true })
  }
  // A killed one leaves no more than the next takes away.
  clear()
  // Its folder is there: to make all that is missing, as in /proc, some systems never come to an end.
  mkdirSync(scratch, { mode: 0o700 })
  try {
    const manifest = await pack(part, scratch, options)
    await openBackup(part).verify(scratch)
    const bytes = statSync(part).size
    await rename(part, file)
    await syncFolder(dirname(file))
    return { manifest, bytes }
  } catch (error) {
    if (!isNoRoom(error)) throw error
    throw new Error(
      `${dirname(file)}: no room for the backup, which takes twice its databases while it is taken; what was there stays.`,
      { cause: error },
    )
  } finally {
    clear()
  }
}

async function pack(
  part: string,
  scratch: string,
  { dataDirectory, ledger, version, now }: TakeOptions,
): Promise<Manifest> {
  const archive = createArchive(part)
  const files: Packed[] = []
  const databases: Manifest['databases'] = {}
  const originals: Record<string, string> = {}
  const missing: string[] = []
  try {
    for (const name of inOrder(stateFilesIn(dataDirectory), ledger)) await addState(name)
    const { files: read } =
      ledger in databases ? lookAtLedger(join(scratch, ledger)) : { files: [] }
    for (const path of read.map((one) => one.path).toSorted()) await addRead(path)
    const manifest: Manifest = {
      format: FORMAT,
      version,
      takenAt: new Date(now).toISOString(),
      dataDirectory,
      databases,
      files,
      originals,
      missing,
    }
    await archive.addText(MANIFEST, `${JSON.stringify(manifest, null, 2)}\n`)
    await archive.close()
    return manifest
  } catch (error) {
    throw (await archive.abandon()) ?? error
  }

  async function addState(name: string) {
    const path = join(dataDirectory, name)
    // What is thrown away meanwhile is not there.
    if (!existsSync(path)) return
    if (!isDatabase(name)) return addFile(`${STATE}${name}`, path)
    const copy = join(scratch, name)
    mkdirSync(dirname(copy), { recursive: true, mode: 0o700 })
    try {
      snapshotInto(path, copy)
    } catch (error) {
      if (!isDamage(error)) throw error
      throw new Error(
        `${path} cannot be backed up (${messageOf(error)}). A start of what uses it rescues what can be read of it; look at its log.`,
        { cause: error },
      )
    }
    databases[name] = lookInto(copy, (db) => ({ version: versionOf(db), rows: rowsIn(db) }))
    await addFile(`${STATE}${name}`, copy)
    if (name !== ledger) rmSync(copy)
  }

  /** A file that was read; one of the data directory came after the others were looked at. */
  async function addRead(path: string) {
    const inside = path.startsWith(dataDirectory + sep)
    const parts = path.slice(inside ? dataDirectory.length : 0).split(/[\\/:]+/u)
    const place = parts.filter(Boolean).join('/')
    const isTaken = (name: string) => files.some((one) => one.name === name)
    if (inside && isTaken(`${STATE}${place}`)) return
    let name = `${inside ? STATE : ORIGINALS}${place}`
    // An earlier restore may have left one there that another name goes by.
    while (isTaken(name.replace(ROOT, STATE))) name = name.replace(ORIGINALS, `${ORIGINALS}again/`)
    if (!canBeRead(path)) return void missing.push(path)
    await addFile(name, path)
    if (!inside) originals[name] = path
  }

  async function addFile(name: string, path: string) {
    files.push(await archive.addFile(name, path))
  }
}

/**
 * What goes by others comes before them: what is remembered of a file after the file, so that none is
 * known and missing; words after the note that they were saved, so that none is noted and missing.
 */
function inOrder(names: readonly string[], ledger: string): string[] {
  const last = [ledger, ...names.filter((name) => name === 'vectors.sqlite')]
  const others = names.filter((name) => !last.includes(name))
  return [
    ...others.filter(isDatabase),
    ...others.filter((name) => !isDatabase(name)),
    ...last.filter((name) => names.includes(name)),
  ]
}

/** Of what was read once, others may have made a folder, or closed it to us: it is as good as gone. */
function canBeRead(path: string): boolean {
  try {
    accessSync(path, constants.R_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}

/** What was renamed in a folder is there after the power failed, too; some systems cannot be asked for that. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
