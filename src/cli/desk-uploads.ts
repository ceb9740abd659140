import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from '../config.ts'
import {
  type Upload,
  type UploadLook,
  type Uploads,
  UploadsFull,
} from '../desk/articles/uploads.ts'
import type { Asked } from '../explanation.ts'
import type { Outcome } from '../ingest/ingest.ts'
import type { Ledger } from '../ingest/ledger.ts'
import type { Readers } from '../ingest/reading/open-readers.ts'
import type { Logger } from '../log.ts'
import { freeName, safeFileName } from './file-name.ts'
import { lookAt } from './look-at.ts'
import type { IngestJob } from './run-ingest.ts'

export interface DeskUploadsDeps {
  readonly config: Config
  readonly ledger: () => Ledger | undefined
  readonly readers: Pick<Readers<'explanation'>, 'read'>
  readonly ingest: (job: IngestJob) => Promise<Outcome[]>
  readonly log: Logger
}

const DAY_MS = 24 * 3600 * 1000
/** So much may wait at a time. */
const MOST_BYTES = 500_000_000
const ID = /^[0-9a-f]{12}$/u

/** Files handed in: each waits in a folder of its own, and moves to `uploads` when it is taken in. */
export function openDeskUploads({
  config,
  ledger,
  readers,
  ingest,
  log,
}: DeskUploadsDeps): Uploads {
  const waiting = join(config.WENCE_DATA_DIR, 'uploads-waiting')
  const taken = join(config.WENCE_DATA_DIR, 'uploads')
  const pathOf = ({ id, name }: Pick<Upload, 'id' | 'name'>) => join(waiting, id, name)
  const isTaken = (name: string) =>
    existsSync(join(taken, name)) || (ledger()?.filesOf(name).length ?? 0) > 0

  clear().catch((error) => log.error({ err: error }, 'files that nobody decided on stay'))
  return { list, keep, find, look, take, drop }

  async function list(): Promise<readonly Upload[]> {
    await clear()
    const ids = await readdir(waiting).catch(() => [])
    const all = await Promise.all(ids.map((id) => waitingIn(id)))
    return all.filter((one) => one !== undefined).toSorted((a, b) => b.at - a.at)
  }

  async function keep(file: File): Promise<Upload> {
    const others = await list()
    const size = others.reduce((sum, one) => sum + one.size, file.size)
    if (size > MOST_BYTES) throw new UploadsFull()
    const id = randomBytes(6).toString('hex')
    const name = freeName(
      safeFileName(file.name),
      (one) => isTaken(one) || others.some((other) => other.name === one),
    )
    const part = join(waiting, `${id}.part`)
    await mkdir(waiting, { recursive: true, mode: 0o700 })
    await writeFile(part, file.stream(), { mode: 0o600 })
    await mkdir(join(waiting, id), { mode: 0o700 })
    await rename(part, pathOf({ id, name }))
    return { id, name, size: file.size, at: Date.now() }
  }

  async function find(id: string): Promise<Upload | undefined> {
    await clear()
    return waitingIn(id)
  }

  async function waitingIn(id: string): Promise<Upload | undefined> {
    if (!ID.test(id)) return undefined
    const [name] = await readdir(join(waiting, id)).catch(() => [])
    if (name === undefined) return undefined
    const found = await stat(pathOf({ id, name })).catch(() => undefined)
    return found && { id, name, size: found.size, at: found.mtimeMs }
  }

  async function look(upload: Upload, asked: Asked): Promise<UploadLook> {
    const path = pathOf(upload)
    const [outcomes, { explanation }] = await Promise.all([
      tried({ kind: 'try', path }),
      lookAt(readers, { path, source: upload.name, kind: null }, asked),
    ])
    return { explanation, would: wouldBe(upload, outcomes) }
  }

  /** What could not be done at all is as good as a file that failed. */
  async function tried(job: IngestJob): Promise<Outcome[]> {
    return ingest(job).catch((error) => {
      const told = error instanceof Error ? error.message : String(error)
      return [{ source: job.path, status: 'failed', error: told }]
    })
  }

  function wouldBe(upload: Upload, outcomes: readonly Outcome[]): UploadLook['would'] {
    const [outcome] = outcomes
    if (outcome && 'articles' in outcome) {
      const { articles, passages, reprints } = outcome
      const problems = outcome.problems.map((problem) => named(upload, problem))
      return { fault: null, articles, passages, reprints, problems }
    }
    return { fault: faultIn(upload, outcomes) }
  }

  function faultIn(upload: Upload, outcomes: readonly Outcome[]): string {
    const failed = outcomes.find((one) => one.status === 'failed')
    return named(
      upload,
      failed?.status === 'failed' ? failed.error : `${upload.name}: it was not read.`,
    )
  }

  /** Where it waits is nobody's business. */
  function named(upload: Upload, sentence: string): string {
    return [pathOf(upload), join(taken, upload.name)].reduce(
      (told, path) => told.replaceAll(path, upload.name),
      sentence,
    )
  }

  async function take(upload: Upload) {
    // Others may have got its name since.
    const source = freeName(upload.name, isTaken)
    const path = join(taken, source)
    await mkdir(taken, { recursive: true, mode: 0o700 })
    const outcomes = await tried({ kind: 'take', from: pathOf(upload), path })
    if (outcomes.some((one) => one.source === source && 'articles' in one)) {
      await drop(upload)
      return { source }
    }
    if (existsSync(path)) await rename(path, pathOf(upload))
    ledger()?.remove(path)
    return { fault: faultIn(upload, outcomes) }
  }

  async function drop({ id }: Upload) {
    await rm(join(waiting, id), { recursive: true, force: true })
  }

  /** What nobody decided on for a day goes, whole or not. */
  async function clear() {
    const names = await readdir(waiting).catch(() => [])
    for (const name of names) {
      const path = join(waiting, name)
      // Another may have taken or cleared it.
      const { mtimeMs } = (await stat(path).catch(() => undefined)) ?? { mtimeMs: Infinity }
      if (Date.now() - mtimeMs > DAY_MS) await rm(path, { recursive: true, force: true })
    }
  }
}
