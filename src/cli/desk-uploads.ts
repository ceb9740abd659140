import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { link, mkdir, readdir, rename, rm, stat, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from '../config.ts'
import {
  type Taken,
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
import { oneAtATime } from '../retrieval/one-at-a-time.ts'
import { freeName, safeFileName } from './file-name.ts'
import { lookAt } from './look-at.ts'
import type { IngestJob } from './run-ingest.ts'
import { messageOf } from '../message-of.ts'

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
/** Of so many that were taken in, who asks again is told the same. */
const REMEMBERED = 100
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
  // To find a free name and to use it is one step; who hands in does not wait for what is read.
  const keeping = oneAtATime()
  const taking = oneAtATime()
  const takes = new Map<string, Promise<Taken | undefined>>()

  return { list, keep: (files) => keeping(() => keepAll(files)), find, look, take, drop }

  async function list(): Promise<readonly Upload[]> {
    await clear()
    const ids = await readdir(waiting).catch(() => [])
    const all = await Promise.all(ids.map((id) => waitingIn(id)))
    return all.filter((one) => one !== undefined).toSorted((a, b) => b.at - a.at)
  }

  async function keepAll(files: readonly File[]): Promise<readonly Upload[]> {
    const others = await list()
    const size = [...others, ...files].reduce((sum, one) => sum + one.size, 0)
    if (size > MOST_BYTES) throw new UploadsFull()
    const names = new Set(others.map(({ name }) => name))
    await mkdir(waiting, { recursive: true, mode: 0o700 })
    const kept: Upload[] = []
    for (const file of files) {
      const name = freeName(safeFileName(file.name), (one) => names.has(one) || isTaken(one))
      names.add(name)
      kept.push(await keep(file, name))
    }
    return kept
  }

  async function keep(file: File, name: string): Promise<Upload> {
    const id = randomBytes(6).toString('hex')
    const part = join(waiting, `${id}.part`)
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
    const found = name !== undefined && (await statOf(pathOf({ id, name })))
    return found ? { id, name, size: found.size, at: found.mtimeMs } : undefined
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
      const told = messageOf(error)
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

  /** Who asks twice for the same is told what came of the first; what failed is tried again. */
  function take(id: string): Promise<Taken | undefined> {
    const result = takes.get(id) ?? taking(() => takeWaiting(id))
    takes.set(id, result)
    const forget = () => takes.delete(id)
    result.then((came) => (came && 'source' in came) || forget(), forget)
    for (const [old] of [...takes].slice(0, -REMEMBERED)) takes.delete(old)
    return result
  }

  async function takeWaiting(id: string): Promise<Taken | undefined> {
    const upload = await waitingIn(id)
    const from = upload && (await statOf(pathOf(upload)))
    if (!from) return undefined
    // Others may have got its name since.
    const source = freeName(upload.name, isTaken)
    const path = join(taken, source)
    await mkdir(taken, { recursive: true, mode: 0o700 })
    const outcomes = await tried({ kind: 'take', from: pathOf(upload), path })
    if (outcomes.some((one) => one.source === source && 'articles' in one)) {
      await removeFolder(id)
      return { source }
    }
    // Given back only where it is this file that lies there; if it cannot be, the next ingest finds it.
    if ((await statOf(path))?.ino === from.ino)
      await link(path, pathOf(upload)).then(
        () => unlink(path),
        () => undefined,
      )
    if (!existsSync(path)) ledger()?.remove(path)
    return { fault: faultIn(upload, outcomes) }
  }

  /** What is being taken in is not thrown away under the hands of who reads it. */
  async function drop({ id }: Upload) {
    await takes.get(id)?.catch(() => undefined)
    await removeFolder(id)
  }

  async function removeFolder(name: string) {
    await rm(join(waiting, name), { recursive: true, force: true })
  }

  /** What nobody decided on for a day goes, whole or not. */
  async function clear() {
    const names = await readdir(waiting).catch(() => [])
    for (const name of names) {
      const found = await statOf(join(waiting, name))
      if (found && Date.now() - found.mtimeMs > DAY_MS) await removeFolder(name)
    }
  }
}

/** Somebody may throw away what was listed just now. */
const statOf = (path: string) => stat(path).catch(() => undefined)
