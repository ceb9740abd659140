import { textIn } from '../read/decode.ts'
import { addressIn } from './feed.ts'

export interface AddressList {
  readonly addresses: readonly string[]
  /** Lines that are no address, a sentence each. */
  readonly faults: readonly string[]
}

/**
 * Reads a list of feeds and article pages, one address a line; what stands behind # or white space is a
 * comment. In any encoding that articles are read in.
 */
export function readAddressList(bytes: Uint8Array, file: string): AddressList {
  const lines = bytes.length === 0 ? [] : textIn(bytes, file).text.split(/\r\n|\r|\n/u)
  const addresses = new Set<string>()
  const faults: string[] = []
  for (const [i, line] of lines.entries()) {
    const [word = ''] = line.trim().split(/[\s\u3000]+/u)
    if (word === '' || /^[#＃]/u.test(word)) continue
    const address = addressIn(word)
    if (address !== null) addresses.add(address)
    else
      faults.push(
        `${file}, line ${i + 1}: this is no address, as in https://example.org/rss.xml; it is passed over.`,
      )
  }
  return { addresses: [...addresses], faults }
}
