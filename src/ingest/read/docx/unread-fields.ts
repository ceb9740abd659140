import type { Element } from './parse-xml.ts'

/** Fields whose results are furniture: contents, index and page numbers. */
const FURNITURE = /^\s*(?:TOC|INDEX|PAGE|NUMPAGES|SECTIONPAGES)\b/i

export const isFurniture = (instruction: string): boolean => FURNITURE.test(instruction)

/** Deleted, moved away, or said of others. */
export const REMOVED: ReadonlySet<string> = new Set(['del', 'moveFrom', 'pPrChange', 'rPrChange'])

interface Field {
  instruction: string
  /** Where it begins, and where its result does, among the parts of the runs. */
  readonly start: number
  result: number | null
}

/**
 * The parts of runs that a field keeps from the reader: all of a furniture field, of others what they
 * calculate from. A field without an end keeps nothing.
 */
export function unreadFields(story: Element): ReadonlySet<Element> {
  /** Of all runs, in order. */
  const parts: Element[] = []
  const open: Field[] = []
  /** Where what is unread begins (1) and ends (-1). */
  const changes = new Map<number, number>()
  visit(story)
  const unread = new Set<Element>()
  let depth = 0
  for (const [at, part] of parts.entries()) {
    depth += changes.get(at) ?? 0
    if (depth > 0) unread.add(part)
  }
  return unread

  function visit(element: Element): void {
    for (const child of element.children) {
      if (REMOVED.has(child.name)) continue
      if (element.name === 'r') parts.push(child)
      if (child.name === 'fldChar') mark(child.attributes['fldCharType'])
      else if (child.name === 'instrText') say(child.text)
      else visit(child)
    }
  }

  function say(text: string): void {
    const field = open.at(-1)
    if (field && field.result === null) field.instruction += text
  }

  function mark(type: string | undefined): void {
    if (type === 'begin') open.push({ instruction: '', start: parts.length, result: null })
    if (type === 'separate' && open.length > 0) open.at(-1)!.result ??= parts.length
    if (type !== 'end') return
    const field = open.pop()
    if (!field) return
    const end = isFurniture(field.instruction) ? parts.length : (field.result ?? parts.length)
    changes.set(field.start, (changes.get(field.start) ?? 0) + 1)
    changes.set(end, (changes.get(end) ?? 0) - 1)
  }
}
