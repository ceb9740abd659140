import { hex } from 'dingbat-to-unicode'
import type { Block, Paragraph } from './blocks.ts'
import { createNumbering } from './numbering.ts'
import type { Parts } from './open-package.ts'
import { child, isOn, value } from './parse-xml.ts'
import type { Element } from './parse-xml.ts'
import { readTable } from './read-table.ts'
import { over, readStyles, says } from './styles.ts'
import type { Says, Style } from './styles.ts'
import { isFurniture, REMOVED, unreadFields } from './unread-fields.ts'
import { withoutContents } from './without-contents.ts'
import type { Contents } from './without-contents.ts'

/** The body, a note, a cell or a text box while it is read. */
interface Story {
  readonly blocks: (Block | Contents)[]
  /** The text of paragraphs that run on into the next one. */
  runsOn: string
  readonly inCell: boolean
}

/** A paragraph while it is read. */
interface Line {
  text: string
  readonly style: Style
  /** Characters in bold. */
  bold: number
  /** The length of its longest run, and that run's size. */
  longest: number
  size: number
  /** Some of it was furniture. */
  isContents: boolean
  /** Its text boxes, which follow it. */
  readonly boxes: Story
}

/** In half points: what Word takes when nothing is said. */
const SIZE = 20

/** Most of a paragraph is bold when this share of it is. */
const BOLD = 0.9

/** Longer than this no heading is. */
const LONGEST_HEADING = 100

/** Signs that part what is set apart in a formula: a half is 1/2, a square a^2. */
const FORMULA: Readonly<Record<string, string>> = { den: '/', sup: '^', sub: '_' }

/** How a run's parts that are no text are written. */
const SIGNS: Readonly<Record<string, string>> = {
  tab: ' ',
  ptab: ' ',
  br: '\n',
  cr: '\n',
  noBreakHyphen: '-',
}

/** What holds no text of the document: properties, and the reading printed over a character. */
const SKIPPED: ReadonlySet<string> = new Set([...REMOVED, 'pPr', 'rPr', 'sectPr', 'tblPr', 'rt'])

/**
 * The paragraphs and tables of a Word document in reading order, then its notes. What is hidden,
 * deleted or furniture is left out; automatic numbers are written out.
 */
export function readBlocks({ document, styles, numbering, footnotes, endnotes }: Parts): Block[] {
  const styleOf = readStyles(styles)
  const numberOf = createNumbering(numbering, styleOf)
  const notes = new Map([
    ['footnoteReference', { name: '注', texts: byId(footnotes), found: new Set<string>() }],
    ['endnoteReference', { name: '尾注', texts: byId(endnotes), found: new Set<string>() }],
  ])
  const blocks = readAll(document)
  for (const { name, texts, found } of notes.values()) {
    let number = 0
    for (const id of found) {
      number++
      const note = texts.get(id)
      if (note) for (const block of label(`${name}${number}：`, readAll(note))) blocks.push(block)
    }
  }
  return blocks

  function readAll(root: Element): Block[] {
    const unread = unreadFields(root)
    return tell(false, (story) => readInto(story, root))

    function tell(inCell: boolean, read: (story: Story) => void): Block[] {
      const story: Story = { blocks: [], runsOn: '', inCell }
      read(story)
      end(story)
      return withoutContents(story.blocks)
    }

    function readInto(story: Story, element: Element): void {
      for (const part of element.children) {
        if (part.name === 'p') readParagraph(story, part)
        else if (part.name === 'tbl') {
          const read = readTable(part, (cell) => tell(true, (inside) => readInto(inside, cell)))
          for (const block of read) story.blocks.push(block)
        } else if (part.name === 'sdt' && isContents(part)) story.blocks.push({ kind: 'contents' })
        else if (isRead(part)) readInto(story, part)
      }
    }

    function readParagraph(story: Story, paragraph: Element): void {
      const properties = child(paragraph, 'pPr')
      const mark = child(properties, 'rPr')
      const style = styleOf(value(properties, 'pStyle'))
      const own = says(properties, undefined)
      const line = newLine(style, story.inCell)
      readLine(line, paragraph)
      end(line.boxes)
      const runsOn = child(mark, 'del') ?? child(mark, 'moveFrom') ?? dropCap(properties)
      if (runsOn) story.runsOn += line.text
      else {
        line.text = story.runsOn + line.text
        story.runsOn = ''
        finish(story, line, own, isOn(mark, 'vanish') ?? style.hidden ?? false)
      }
      for (const block of line.boxes.blocks) story.blocks.push(block)
    }

    function readLine(line: Line, element: Element): void {
      for (const part of element.children) {
        if (part.name === 'r') readRun(line, part)
        else if (part.name === 'p') readParagraph(line.boxes, part)
        else if (part.name === 'txbxContent') readInto(line.boxes, part)
        else if (part.name === 'fldSimple' && isFurniture(part.attributes['instr'] ?? ''))
          line.isContents = true
        else if (isRead(part)) {
          line.text += FORMULA[part.name] ?? ''
          readLine(line, part)
        }
      }
    }

    function readRun(line: Line, run: Element): void {
      const properties = child(run, 'rPr')
      const named = value(properties, 'rStyle')
      const direct = says(undefined, properties)
      const near = named === undefined ? direct : over(direct, styleOf(named))
      if (near.hidden ?? line.style.hidden) return
      const isRaised = value(properties, 'vertAlign') === 'superscript'
      for (const part of run.children) {
        const { name } = part
        const sign = SIGNS[name]
        const note = notes.get(name)
        if (unread.has(part)) line.isContents ||= name === 't'
        else if (name === 't') write(line, isRaised ? raise(part.text) : part.text, near)
        else if (sign !== undefined) line.text += sign
        else if (name === 'sym') line.text += symbol(part)
        else if (note) {
          note.found.add(part.attributes['id'] ?? '')
          // The mark itself follows: it would read as part of what it stands behind.
          if (/^(?:1|true|on)$/.test(part.attributes['customMarkFollows'] ?? '')) return
        } else if (isRead(part)) readLine(line, part)
      }
    }
  }

  /** A paragraph that is read becomes a block, unless there is nothing to read in it. */
  function finish(story: Story, line: Line, own: Says, isHidden: boolean): void {
    const written = line.text.trim()
    if (written === '' && line.isContents) story.blocks.push({ kind: 'contents' })
    if (line.style.names.some((name) => CONTENTS_STYLE.test(name))) return
    if (written === '' && isHidden) return
    const number = numberOf(own, line.style).trim()
    // Rows are often numbered by empty paragraphs in the first cell.
    if (written === '' && !(story.inCell && number !== '')) return
    const text = number + (number === '' || CLOSED.test(number) ? '' : ' ') + written
    const bold = line.bold >= written.length * BOLD
    const look = { centred: own.centred ?? line.style.centred ?? false, bold, size: line.size }
    story.blocks.push({ kind: 'paragraph', text, level: levelOf(text, own, line.style), look })
  }
}

const CONTENTS_STYLE = /^toc(?: ?\d| heading)/i

/** A number that needs no space behind it: 一、 and （二）, but 第三条 and 1.2 do. */
const CLOSED = /[、，：）】〕》]$/u

function newLine(style: Style, inCell: boolean): Line {
  const boxes = { blocks: [], runsOn: '', inCell }
  const size = style.size ?? SIZE
  return { text: '', style, bold: 0, longest: 0, size, isContents: false, boxes }
}

function write(line: Line, text: string, { bold, size }: Says): void {
  line.text += text
  if (bold ?? line.style.bold) line.bold += text.length
  if (text.length <= line.longest) return
  line.longest = text.length
  line.size = size ?? line.style.size ?? SIZE
}

/** What still runs on at the end of a story is its last paragraph. */
function end(story: Story): void {
  const text = story.runsOn.trim()
  if (text === '') return
  const look = { centred: false, bold: false, size: SIZE }
  story.blocks.push({ kind: 'paragraph', text, level: null, look })
}

/** 0 for a title, 1 to 9 for a heading: by its style's name, by its place in the outline. */
function levelOf(text: string, own: Says, { names, outline }: Style): number | null {
  if (text.length > LONGEST_HEADING || /[。；]$/u.test(text)) return null
  if (names.some((name) => /^(?:title|标题)$/i.test(name))) return 0
  const place = own.outline ?? outline
  if (place !== undefined) return place < 9 ? place + 1 : null
  for (const name of names) {
    const heading = /^(?:heading|标题) ?([1-9])$/i.exec(name)
    if (heading) return Number(heading[1])
  }
  return null
}

function label(name: string, blocks: readonly Block[]): Block[] {
  return blocks.map((block, i) =>
    block.kind === 'paragraph'
      ? ({
          ...block,
          level: null,
          text: i === 0 ? name + block.text : block.text,
        } satisfies Paragraph)
      : block,
  )
}

function byId(part: Element | null): Map<string, Element> {
  return new Map(part?.children.map((note) => [note.attributes['id'] ?? '', note]))
}

/** A control that asks to be filled in holds no text yet. */
function isRead(part: Element): boolean {
  if (part.name === 'sdt' && isOn(child(part, 'sdtPr'), 'showingPlcHdr')) return false
  return !SKIPPED.has(part.name)
}

function isContents(control: Element): boolean {
  const gallery = value(child(child(control, 'sdtPr'), 'docPartObj'), 'docPartGallery')
  return gallery === 'Table of Contents'
}

/** A first character that is set large stands in a paragraph of its own. */
function dropCap(properties: Element | undefined): boolean {
  return /^(?:drop|margin)$/.test(child(properties, 'framePr')?.attributes['dropCap'] ?? '')
}

const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹'

/** A raised figure must not read as part of the one it stands behind: 10⁴ is not 104. */
const raise = (text: string): string =>
  /^\d+$/.test(text) ? Array.from(text, (digit) => RAISED[Number(digit)]).join('') : text

/** A sign of a font of signs, as Unicode has it. */
function symbol({ attributes: { font = '', char = '' } }: Element): string {
  const known = hex(font, char) ?? hex(font, char.replace(/^F0/i, ''))
  if (known) return known.string
  const code = Number.parseInt(char, 16)
  return code > 0x20 && code < 0xd800 ? String.fromCodePoint(code) : ''
}
