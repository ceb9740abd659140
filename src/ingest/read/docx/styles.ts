import { child, count, isOn, value } from './parse-xml.ts'
import type { Element } from './parse-xml.ts'

/** What a style, a paragraph or a run says of itself; undefined where it says nothing. */
export interface Says {
  /** Its place in the outline: 0 is a chapter, 9 is running text. */
  readonly outline: number | undefined
  /** The list it is numbered in, '0' for none. */
  readonly list: string | undefined
  readonly listLevel: number | undefined
  readonly centred: boolean | undefined
  readonly bold: boolean | undefined
  /** In half points. */
  readonly size: number | undefined
  readonly hidden: boolean | undefined
}

/** A style with all that it takes over from those it is based on. */
export interface Style extends Says {
  /** It and those it is based on, the nearest first. */
  readonly ids: readonly string[]
  /** Their names, in English for Word's own styles. */
  readonly names: readonly string[]
}

/** A style by its id; undefined asks for that of paragraphs which name none. */
export type StyleOf = (id: string | undefined) => Style

/** Styles are based on one another this far at most, so a circle ends. */
const LONGEST = 40

/** The styles of a document, from its part `styles`. */
export function readStyles(part: Element | null): StyleOf {
  const elements = new Map<string, Element>()
  let standard: string | undefined
  for (const style of part?.children ?? []) {
    const { styleId = '', type, default: isDefault } = style.attributes
    if (style.name !== 'style') continue
    elements.set(styleId, style)
    if (type === 'paragraph' && /^(?:1|true|on)$/.test(isDefault ?? '')) standard = styleId
  }
  const defaults = child(part ?? undefined, 'docDefaults')
  const base = says(
    child(child(defaults, 'pPrDefault'), 'pPr'),
    child(child(defaults, 'rPrDefault'), 'rPr'),
  )
  const known = new Map<string, Style>()
  return (id = standard ?? '') => {
    const style = known.get(id) ?? resolve(id)
    known.set(id, style)
    return style
  }

  function resolve(id: string): Style {
    const ids: string[] = []
    let all: Says | undefined
    for (let next: string | undefined = id; next !== undefined && ids.length < LONGEST;) {
      ids.push(next)
      const element = elements.get(next)
      const own = says(child(element, 'pPr'), child(element, 'rPr'))
      all = all ? over(all, own) : own
      next = value(element, 'basedOn')
    }
    const names = ids.map((one) => value(elements.get(one), 'name') ?? one)
    const isCharacter = elements.get(id)?.attributes['type'] === 'character'
    return { ids, names, ...(isCharacter ? all! : over(all!, base)) }
  }
}

/** What a paragraph's or a run's properties say. */
export function says(paragraph: Element | undefined, run: Element | undefined): Says {
  const numbers = child(paragraph, 'numPr')
  const alignment = value(paragraph, 'jc')
  return {
    outline: count(paragraph, 'outlineLvl'),
    list: value(numbers, 'numId'),
    listLevel: count(numbers, 'ilvl'),
    centred: alignment === undefined ? undefined : alignment === 'center',
    bold: isOn(run, 'b'),
    size: count(run, 'sz'),
    hidden: isOn(run, 'vanish'),
  }
}

/** What the nearer says, and where it says nothing what the farther says. */
export function over(nearer: Says, farther: Says): Says {
  return {
    outline: nearer.outline ?? farther.outline,
    list: nearer.list ?? farther.list,
    listLevel: nearer.listLevel ?? farther.listLevel,
    centred: nearer.centred ?? farther.centred,
    bold: nearer.bold ?? farther.bold,
    size: nearer.size ?? farther.size,
    hidden: nearer.hidden ?? farther.hidden,
  }
}
