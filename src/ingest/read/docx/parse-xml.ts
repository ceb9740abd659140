/** An element of an XML part, named without its prefix: that is the writer's choice. */
export interface Element {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly Element[]
  /** The text of a `t` or an `instrText`; that of other elements is not kept. */
  readonly text: string
}

interface Open {
  name: string
  attributes: Record<string, string>
  children: Element[]
  text: string
}

/** A page of tables in tables has 40. */
const DEEPEST = 500
/** A book of 1,000 pages has 500,000. */
const MOST = 3_000_000

const TEXT: ReadonlySet<string> = new Set(['t', 'instrText'])

/**
 * The root of an XML part. What is said twice for old and new readers (`AlternateContent`) is kept once.
 * @throws Error when its elements are too many, or too deep in one another.
 */
export async function parseXml(bytes: Buffer): Promise<Element> {
  const { Parser } = await import('htmlparser2')
  const root = open('')
  const path = [root]
  let elements = 0
  const parser = new Parser(
    {
      onopentagname(name) {
        elements++
        if (path.length > DEEPEST || elements > MOST)
          throw new Error('its parts are too many, or too deep in one another')
        path.push(open(local(name)))
      },
      onattribute(name, said) {
        path.at(-1)!.attributes[local(name)] = said
      },
      ontext(text) {
        const element = path.at(-1)!
        if (TEXT.has(element.name)) element.text += text
      },
      onclosetag() {
        const element = path.pop()!
        const parent = path.at(-1)!
        if (element.name !== 'AlternateContent') parent.children.push(element)
        else for (const child of element.children[0]?.children ?? []) parent.children.push(child)
      },
    },
    { xmlMode: true },
  )
  parser.end(decode(bytes))
  return root.children[0] ?? root
}

const open = (name: string): Open => ({ name, attributes: {}, children: [], text: '' })

const local = (name: string) => name.slice(name.indexOf(':') + 1)

/** XML is UTF-8, or begins with the mark of UTF-16. */
function decode(bytes: Buffer): string {
  const mark = bytes.length > 1 ? bytes.readUInt16BE(0) : 0
  const encoding = mark === 0xfffe ? 'utf-16le' : mark === 0xfeff ? 'utf-16be' : 'utf-8'
  return new TextDecoder(encoding).decode(bytes)
}

/** The first child of a name. */
export const child = (element: Element | undefined, name: string): Element | undefined =>
  element?.children.find((one) => one.name === name)

/** What a child such as `<w:jc w:val="center"/>` says. */
export const value = (element: Element | undefined, name: string): string | undefined =>
  child(element, name)?.attributes['val']

/** The same as a whole number. */
export function count(element: Element | undefined, name: string): number | undefined {
  const found = Number.parseInt(value(element, name) ?? '', 10)
  return Number.isNaN(found) ? undefined : found
}

/** Is a property such as `<w:b/>` switched on or off? Undefined when nothing is said of it. */
export function isOn(element: Element | undefined, name: string): boolean | undefined {
  const found = child(element, name)
  return found && !/^(?:0|false|off)$/.test(found.attributes['val'] ?? '')
}
