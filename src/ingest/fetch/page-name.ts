import { createHash } from 'node:crypto'

/** A name in a file system has 255 bytes at most, of which our own ending takes some. */
const MOST_LETTERS = 100

/**
 * Where a page is kept, and what it is cited by: its site, and what can be read of its address, behind
 * a few letters that tell apart what then reads alike. In ASCII, without what file systems mind.
 */
export function pageName(address: string): string {
  const { hostname, pathname, search } = new URL(address)
  const digest = createHash('sha256').update(address).digest('hex').slice(0, 10)
  const readable = `${pathname}${search}`
    .replaceAll(/%[0-9a-f]{2}/giu, '_')
    .replaceAll(/[^\w.-]+/gu, '_')
    .replaceAll(/^[_.]+|\.s?html?$|[_.]+$/giu, '')
    .slice(-MOST_LETTERS)
  const site = hostname.replaceAll(/[^\w.-]/gu, '_')
  return `${site}/${readable === '' ? '' : `${readable}-`}${digest}.html`
}
