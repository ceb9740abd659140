import { existsSync, mkdirSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { clock } from '../clock.ts'
import program from '../../package.json' with { type: 'json' }
import { backupName, checkFolder, clearUnfinished, keepLatest } from '../backup/kept-backups.ts'
import { noteBackup } from '../backup/last-backup.ts'
import { isBackup } from '../backup/open-backup.ts'
import { isDatabase, stateFilesIn } from '../backup/state-files.ts'
import { takeBackup } from '../backup/take-backup.ts'
import { chinaStamp } from '../china-time.ts'
import { takeHold } from '../database/hold.ts'
import { liesIn } from '../lies-in.ts'
import { sizeText } from '../size-text.ts'
import { command, UsageError } from './command.ts'
import { ledgerFile } from './open-index.ts'

const usage = `npm run backup -- FILE              takes all state into one file, while the bot, the web server and ingest run
npm run backup -- --keep N FOLDER   takes it into FOLDER, under the time it is taken, and keeps the last N there;
                                    each data directory needs a folder of its own for that

  --json   prints what was taken as JSON, on stdout

The file is a tar archive: databases, words, what was handed in, the files that were read, and a manifest with
the checksum of each. It is read back before it gets its name; an earlier one stays until then. The index is
not in it: a restore makes it again. It holds what people asked and the salt of their names: keep it as you
keep the data directory.`

const options = { keep: { type: 'string' }, json: { type: 'boolean' } } as const

await command(
  { usage, options, allowPositionals: true },
  async ({ values, positionals: [path, ...more], config }) => {
    if (path === undefined || more.length > 0) throw new UsageError('Into which file?')
    const { WENCE_DATA_DIR: dataDirectory } = config
    const keep = values.keep === undefined ? undefined : countIn(values.keep)
    const now = clock.now()
    const file = resolve(keep === undefined ? path : join(path, backupName(chinaStamp(now))))
    refuse(file, dataDirectory)
    makeFolder(dirname(file))
    const hold = takeHold(join(dataDirectory, 'backup.lock.sqlite'), `process ${process.pid}`)
    if (!hold) throw new Error('Another backup is being taken.')
    try {
      if (keep !== undefined) {
        checkFolder(dirname(file), dataDirectory)
        clearUnfinished(dirname(file))
      }
      const started = performance.now()
      const { manifest, bytes } = await takeBackup(file, {
        dataDirectory,
        ledger: basename(ledgerFile(config)),
        version: program.version,
        now,
      })
      const seconds = Math.round(performance.now() - started) / 1000
      const { takenAt, databases, files, missing } = manifest
      const counted = { files: files.length, missing: missing.length }
      const taken = { at: takenAt, file, bytes, seconds, version: manifest.version, ...counted }
      noteBackup(dataDirectory, taken)
      const kept = { folder: dirname(file), taken: basename(file), dataDirectory }
      const removed = keep === undefined ? [] : keepLatest({ ...kept, keep })
      if (missing.length > 0)
        console.error(
          `${missing.length} of the files that were read are no longer where they were, and not in the backup: ${missing.slice(0, 3).join(', ')}${missing.length > 3 ? ' …' : ''}; put them back, or take them out with npm run ingest -- --remove.`,
        )
      for (const name of removed) console.error(`${name}: removed, ${keep} later ones are kept`)
      if (values.json) console.log(JSON.stringify({ ...taken, databases, removed }, null, 2))
      else
        console.log(
          `${file}: ${sizeText(bytes)}, ${files.length} files, read back and whole, in ${seconds.toFixed(1)} s`,
        )
      return 0
    } finally {
      hold.release()
    }
  },
)

/** With those above it. Node's own way never ends where nothing can be made, as in /proc. */
function makeFolder(path: string): void {
  const there = statSync(path, { throwIfNoEntry: false })
  if (there && !there.isDirectory()) throw new UsageError(`${path} is no folder.`)
  if (there) return
  makeFolder(dirname(path))
  mkdirSync(path, { mode: 0o700 })
}

function countIn(given: string): number {
  if (!/^[1-9]\d*$/u.test(given)) throw new UsageError('--keep takes how many, as in 7.')
  return Number(given)
}

function refuse(file: string, dataDirectory: string): void {
  if (!existsSync(dataDirectory))
    throw new Error(`${dataDirectory}: there is no such data directory; set WENCE_DATA_DIR.`)
  if (!stateFilesIn(dataDirectory).some(isDatabase))
    throw new Error(
      `${dataDirectory} holds no database: there is nothing to back up. Is its disk mounted, is WENCE_DATA_DIR right?`,
    )
  if (liesIn(file, dataDirectory))
    throw new UsageError(
      `${file} lies in the data directory, which it is to outlive; give a place on another disk.`,
    )
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory())
    throw new UsageError(`${file} is a folder: give a file, or --keep N.`)
  if (existsSync(file) && !isBackup(file))
    throw new Error(`${file} is there already and no backup: give another name.`)
}
