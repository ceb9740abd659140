import { MEGABYTE } from './limits.ts'

/** The files of an archive that are wanted, by their path in lower case. */
export type Unzipped = ReadonlyMap<string, Buffer>

/** Unpacks the XML of a Word document; see `unpack`. */
export async function unzip(bytes: Uint8Array, mostMb: number): Promise<Unzipped> {
  const files = Object.entries(await unpack(bytes, mostMb))
  // Some tools on Windows part folders by a backslash.
  return new Map(
    files.map(([path, file]) => [
      path.replaceAll('\\', '/').toLowerCase(),
      Buffer.from(file.buffer, file.byteOffset, file.byteLength),
    ]),
  )
}

/**
 * The XML of an Office document, which is a zip archive, packed anew as it is: for a library that
 * unpacks whatever an archive holds, however much. See `unpack`.
 */
export async function repack(bytes: Uint8Array, mostMb: number): Promise<ArrayBuffer> {
  const { zipSync } = await import('fflate')
  return zipSync(await unpack(bytes, mostMb), { level: 0 }).buffer
}

/**
 * At most `mostMb` megabytes are unpacked: a few KB of zeros can unpack to any size, files can lie
 * over one another, and one that states less than it holds is cut off there.
 * @throws Error, the end of a sentence, when it is damaged or would unpack to more.
 */
async function unpack(bytes: Uint8Array, mostMb: number) {
  const { unzipSync } = await import('fflate')
  let stated = 0
  const files = unpackStated()
  if (stated > mostMb * MEGABYTE) throw new Error(`it unpacks to more than ${mostMb} MB`)
  return files

  function unpackStated() {
    try {
      return unzipSync(bytes, {
        filter: ({ name, size, originalSize }) => {
          if (!/\.(?:xml|rels)$/i.test(name)) return false
          // What is not packed comes to its own size, whatever is stated.
          stated += Math.max(size, originalSize)
          return stated <= mostMb * MEGABYTE
        },
      })
    } catch (error) {
      throw new Error('its archive is damaged or cut off', { cause: error })
    }
  }
}
