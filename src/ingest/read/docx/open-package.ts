import { dirname, join } from 'node:path/posix'
import type { Limits } from '../limits.ts'
import { parseXml } from './parse-xml.ts'
import type { Element } from './parse-xml.ts'
import { unzip } from '../unzip.ts'
import type { Unzipped } from '../unzip.ts'

/** The parts of a Word document that hold its words, and how they are set. */
export interface Parts {
  readonly document: Element
  readonly styles: Element | null
  readonly numbering: Element | null
  readonly footnotes: Element | null
  readonly endnotes: Element | null
}

/**
 * Unpacks the parts of a Word document.
 * @throws Error that says what it is instead, or what is wrong with it.
 */
export async function openPackage(bytes: Uint8Array, { documentMb }: Limits): Promise<Parts> {
  const files = await unzip(bytes, documentMb)
  const main = (await relations(files, '')).get('officeDocument') ?? 'word/document.xml'
  const related = await relations(files, main)
  const part = async (path: string | undefined) => {
    const found = path === undefined ? undefined : files.get(path.toLowerCase())
    return found ? await parseXml(found) : null
  }
  const document = await part(main)
  if (document?.name !== 'document')
    throw new Error('it is an archive without a Word document in it')
  return {
    document,
    styles: await part(related.get('styles')),
    numbering: await part(related.get('numbering')),
    footnotes: await part(related.get('footnotes')),
    endnotes: await part(related.get('endnotes')),
  }
}

/** The paths of the parts that a part refers to, by their kind: the last word of the kind's address. */
async function relations(files: Unzipped, path: string): Promise<Map<string, string>> {
  const folder = dirname(path)
  const name = `${path.slice(path.lastIndexOf('/') + 1)}.rels`
  const bytes = files.get(join(folder, '_rels', name).toLowerCase())
  const found = new Map<string, string>()
  if (!bytes) return found
  for (const { attributes } of (await parseXml(bytes)).children) {
    const { Type: type = '', Target: target = '' } = attributes
    const kind = type.slice(type.lastIndexOf('/') + 1)
    if (!found.has(kind))
      found.set(kind, target.startsWith('/') ? target.slice(1) : join(folder, target))
  }
  return found
}
