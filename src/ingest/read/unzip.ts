const MEGABYTE = 1024 * 1024

/** The files of an archive that are wanted, by their path in lower case. */
export type Unzipped = ReadonlyMap<string, Buffer>

/**
 * Unpacks the XML of an Office document, which is a zip archive. `largest` bytes are unpacked at most:
 * a few KB of zeros can unpack to any size, and a file that states less than it holds is cut off there.
 * @throws Error, the end of a sentence, when it is damaged or would unpack to more.
 */
export async function unzip(bytes: Uint8Array, largest: number): Promise<Unzipped> {
  const { unzipSync } = await import('fflate')
  let stated = 0
  const files = unpack()
  if (stated > largest) throw new Error(`it unpacks to more than ${largest / MEGABYTE} MB`)
  // Some tools on Windows part folders by a backslash.
  return new Map(
    Object.entries(files).map(([path, file]) => [
      path.replaceAll('\\', '/').toLowerCase(),
      Buffer.from(file.buffer, file.byteOffset, file.byteLength),
    ]),
  )

  function unpack() {
    try {
      return unzipSync(bytes, {
        filter: ({ name, originalSize }) => {
          if (!/\.(?:xml|rels)$/i.test(name)) return false
          stated += originalSize
          return stated <= largest
        },
      })
    } catch (error) {
      throw new Error('its archive is damaged or cut off', { cause: error })
    }
  }
}
