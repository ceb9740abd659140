/** One file that holds many, as tar has it: written as they come, and read back with the checksum of each. */
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, mkdirSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Readable, Transform, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createTarDecoder, createTarPacker } from 'modern-tar'

/** A file of an archive: its name there, its size in bytes and its SHA-256 in hex. */
export interface Packed {
  readonly name: string
  readonly size: number
  readonly sha256: string
}

/** Writes an archive in a new file that is nobody else's to read. */
export function createArchive(file: string) {
  const { readable, controller } = createTarPacker()
  const written = pipeline(readable, createWriteStream(file, { mode: 0o600, flush: true }))
  // Told when it is closed, or by whoever adds.
  written.catch((error: unknown) => controller.error(error))

  return {
    /**
     * Adds a file under a name as long as it is when it is opened: what others write at its end is left out.
     * @throws what reading and writing throw.
     */
    async addFile(name: string, path: string): Promise<Packed> {
      const handle = await open(path)
      try {
        const { size, mtime } = await handle.stat()
        const sum = summed()
        const entry = controller.add({ name, size, mtime, mode: 0o600 })
        const bytes =
          size === 0
            ? Readable.from([])
            : handle.createReadStream({ start: 0, end: size - 1, autoClose: false })
        await pipeline(bytes, sum.stream, Writable.fromWeb(entry))
        return { name, size, sha256: sum.hex() }
      } finally {
        await handle.close()
      }
    },
    async addText(name: string, text: string): Promise<void> {
      const bytes = Buffer.from(text)
      const entry = controller.add({ name, size: bytes.length, mtime: new Date(0), mode: 0o600 })
      await pipeline(Readable.from([bytes]), Writable.fromWeb(entry))
    },
    async close(): Promise<void> {
      controller.finalize()
      await written
    },
    /** Leaves it as it is. */
    async abandon(): Promise<void> {
      controller.error(new Error('abandoned'))
      await written.catch(() => {})
    },
  }
}

/**
 * Reads all of an archive: each file goes where `placeOf` says, or is only looked through.
 * @throws Error when it is cut off or damaged, and what `placeOf` and writing throw.
 */
export async function readArchive(
  file: string,
  placeOf: (name: string) => string | undefined,
): Promise<Packed[]> {
  const { readable, writable } = createTarDecoder({ strict: true })
  const bytes = createReadStream(file, { highWaterMark: 2 ** 20 })
  // What goes wrong is told by whoever reads.
  pipeline(bytes, Writable.fromWeb(writable)).catch(() => {})
  const packed: Packed[] = []
  for await (const { header, body } of readable) {
    const sum = summed()
    const place = placeOf(header.name)
    if (place !== undefined) mkdirSync(dirname(place), { recursive: true, mode: 0o700 })
    const into =
      place === undefined
        ? new Writable({ write: (_, __, next) => next() })
        : createWriteStream(place, { flags: 'wx', mode: 0o600, flush: true })
    await pipeline(body, sum.stream, into)
    packed.push({ name: header.name, size: header.size, sha256: sum.hex() })
  }
  return packed
}

/** Reckons the checksum of what passes. */
function summed() {
  const hash = createHash('sha256')
  const stream = new Transform({
    transform(chunk, _, next) {
      hash.update(chunk)
      next(null, chunk)
    },
  })
  return { stream, hex: () => hash.digest('hex') }
}
