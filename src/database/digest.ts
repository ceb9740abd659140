import { closeSync, openSync, readSync } from 'node:fs'
import { crc32 } from 'node:zlib'
import { lookAt } from './connected.ts'

/** The size and CRC of a file: 0.4 s a gigabyte, where looking at every row takes 3 s. */
export const digestOf = (file: string): string => lookAt(digestHere, file)

/** The same, for whoever has no connection to it. */
export function digestHere(file: string): string {
  const chunk = Buffer.allocUnsafe(1 << 20)
  const fd = openSync(file, 'r')
  try {
    let [at, crc] = [0, 0]
    for (;;) {
      const length = readSync(fd, chunk, 0, chunk.length, at)
      if (length === 0) return `${at} ${crc}`
      crc = crc32(chunk.subarray(0, length), crc)
      at += length
    }
  } finally {
    closeSync(fd)
  }
}
