import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  closeSync,
  statSync,
} from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { isNoRoom } from '../database/errors.ts'
import { findDamage } from '../database/find-damage.ts'
import { lookInto } from '../database/look-into.ts'
import { rowsIn } from '../database/snapshot.ts'
import { versionOf } from '../database/version.ts'
import { readingProblem } from '../ingest/find-files.ts'
import { messageOf } from '../message-of.ts'
import { parseJson } from '../parse-json.ts'
import { readArchive } from './archive.ts'
import { FORMAT, MANIFEST, Manifest, ORIGINALS, ROOT, STATE } from './manifest.ts'
import { isDatabase } from './state-files.ts'

/** Whether a file is a backup, whole or not, by its beginning. */
export function isBackup(file: string): boolean {
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) return false
  const fd = openSync(file, 'r')
  try {
    const name = Buffer.alloc(ROOT.length)
    readSync(fd, name, 0, name.length, 0)
    return name.toString() === ROOT
  } finally {
    closeSync(fd)
  }
}

/** A backup in a file. What goes wrong with it is told in a sentence. */
export function openBackup(file: string) {
  return { verify, unpack }

  /**
   * Reads all of it, and opens its databases in an empty folder for that.
   * @throws Error in a sentence when anything of it is not as it was taken.
   */
  async function verify(scratch: string): Promise<Manifest> {
    return read(scratch, (name) => isDatabase(name))
  }

  /**
   * Unpacks it into an empty folder: what was in the data directory, and `originals` beside.
   * @throws Error in a sentence when anything of it is not as it was taken.
   */
  async function unpack(folder: string): Promise<Manifest> {
    return read(folder, () => true)
  }

  async function read(folder: string, isWritten: (name: string) => boolean): Promise<Manifest> {
    try {
      accessSync(file, constants.R_OK)
    } catch (error) {
      throw new Error(readingProblem(file, error), { cause: error })
    }
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const noted = join(folder, 'manifest.json.part')
    const packed = await readArchive(file, (name) => {
      if (name === MANIFEST) return noted
      const place = placeOf(name)
      return isWritten(place) ? join(folder, place) : undefined
    }).catch((error: unknown) => {
      if (isNoRoom(error))
        throw new Error(`${folder}: no room to unpack ${file}; nothing was changed.`, {
          cause: error,
        })
      throw new Error(`${file} is damaged, or was not written to its end: ${messageOf(error)}`, {
        cause: error,
      })
    })
    const manifest = manifestIn(noted)
    const files = packed.filter(({ name }) => name !== MANIFEST)
    const names = new Set(files.map(({ name }) => name))
    const known = [
      ...Object.keys(manifest.originals),
      ...Object.keys(manifest.databases).map((name) => `${STATE}${name}`),
    ]
    if (!isDeepStrictEqual(files, manifest.files) || !known.every((name) => names.has(name)))
      throw new Error(`${file} is damaged: not all of it is what was taken.`)
    for (const [name, taken] of Object.entries(manifest.databases)) {
      const found = look(join(folder, name))
      if (!isDeepStrictEqual(found, taken))
        throw new Error(
          `${file} is damaged: ${name} is not what was taken (${JSON.stringify(found)}).`,
        )
    }
    return manifest
  }

  function manifestIn(noted: string): Manifest {
    const json = existsSync(noted) ? parseJson(readFileSync(noted, 'utf8')) : undefined
    rmSync(noted, { force: true })
    if (json === undefined) throw new Error(`${file} was not written to its end, or is no backup.`)
    const { format } = Manifest.pick({ format: true }).parse(json)
    if (format > FORMAT)
      throw new Error(`${file} was taken by a newer version of this program: restore it with that.`)
    return Manifest.parse(json)
  }

  /** Where in a data directory a file of the archive belongs. */
  function placeOf(name: string): string {
    const place = name.startsWith(STATE)
      ? name.slice(STATE.length)
      : name.startsWith(ORIGINALS)
        ? name.slice(ROOT.length)
        : ''
    // What a restore itself keeps would never be finished.
    if (place === '' || place.split(/[\\/]/u).includes('..') || place.startsWith('restore.'))
      throw new Error(`${name} is none of ours.`)
    return place
  }
}

const look = (file: string) =>
  lookInto(file, (db) => findDamage(db) ?? { version: versionOf(db), rows: rowsIn(db) })
