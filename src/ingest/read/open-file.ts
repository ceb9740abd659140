import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { LIMITS, MEGABYTE } from './limits.ts'

/** Bytes that tell a file's format. */
export const BEGINNING = 4096

/** A file as it was when it was opened: what is written behind its end meanwhile is not read. */
export interface OpenFile {
  readonly handle: FileHandle
  /** In bytes. */
  readonly size: number
}

/**
 * Opens a file, and nothing but a file: a pipe would wait for ever, and a device has no end. What it
 * is, is asked of what was opened, which is then the same as what is read.
 * @throws Error in a sentence, also when nobody reads a file so large; of what the system refuses, the
 * system's.
 */
export async function openFile(path: string): Promise<OpenFile> {
  // Where it is known: a pipe that nobody writes to opens at once, too.
  const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)
  const handle = await open(path, flags).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ENXIO' ? noFile(path) : error
  })
  try {
    const stats = await handle.stat()
    if (stats.isDirectory()) throw new Error(`${path}: this is a folder; give a file.`)
    if (!stats.isFile()) throw noFile(path)
    const megabytes = Math.ceil(stats.size / MEGABYTE)
    if (megabytes > LIMITS.dataMb)
      throw new Error(
        `${path}: the file has ${megabytes} MB, more than the ${LIMITS.dataMb} MB that are read of one; split it.`,
      )
    return { handle, size: stats.size }
  } catch (error) {
    await handle.close()
    throw error
  }
}

const noFile = (path: string) =>
  new Error(`${path}: this is a pipe, a socket or a device; give a file.`)

/** A file's bytes, a chunk at a time, as far as it reached when it was opened. */
export async function* chunksOf({ handle, size }: OpenFile): AsyncGenerator<Buffer> {
  if (size > 0) yield* handle.createReadStream({ end: size - 1, autoClose: false })
}

/** A file's first bytes, or all of them. */
export async function bytesOf({ handle, size }: OpenFile, most = size): Promise<Buffer> {
  const buffer = Buffer.alloc(Math.min(most, size))
  let read = 0
  while (read < buffer.length) {
    const { bytesRead } = await handle.read(buffer, read, buffer.length - read, read)
    // It was cut off meanwhile.
    if (bytesRead === 0) break
    read += bytesRead
  }
  return buffer.subarray(0, read)
}

/** How a file begins: enough to tell its format. */
export async function beginningOf(path: string): Promise<Buffer> {
  const file = await openFile(path)
  try {
    return await bytesOf(file, BEGINNING)
  } finally {
    await file.handle.close()
  }
}
