import type { Block } from './blocks.ts'
import { headingLevel } from './heading-level.ts'
import { createNumbering } from './numbering.ts'
import type { Parts } from './open-package.ts'
import { child, isOn, value } from './parse-xml.ts'
import type { Element } from './parse-xml.ts'
import { readTable } from './read-table.ts'
import { FORMULA, raised, SIGNS, symbol } from './signs.ts'
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
  /** Its last character so far. */
  last: string
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

/** What holds no text of the document: properties, and the reading printed over a character. */
const SKIPPED: ReadonlySet<string> = new Set([...REMOVED, 'pPr', 'rPr', 'sectPr', 'tblPr', 'rt'])

/**
 * The paragraphs and tables of a Word document in reading order, then its notes, whose marks are left
 * out, as they would read as part of a figure. What is hidden, deleted or furniture is left out, too;
 * automatic numbers are written out.
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
      if (note) for (const block of named(`${name}${number}：`, readAll(note))) blocks.push(block)
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
        else if (!SKIPPED.has(part.name)) readInto(story, part)
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
        else if (!SKIPPED.has(part.name)) {
          say(line, FORMULA.get(part.name) ?? '')
          readLine(line, part)
        }
      }
    }

    function readRun(line: Line, run: Element): void {
      const properties = child(run, 'rPr')
      const id = value(properties, 'rStyle')
      const style = id === undefined ? null : styleOf(id)
      const direct = says(undefined, properties)
      const near = style ? over(direct, style) : direct
      if (near.hidden ?? line.style.hidden) return
      if (style?.names.some((name) => REQUEST.test(name))) return
      const isRaised = value(properties, 'vertAlign') === 'superscript'
      for (const part of run.children) {
        const { name } = part
        const sign = SIGNS.get(name)
        const note = notes.get(name)
        if (unread.has(part)) line.isContents ||= name === 't'
        else if (name === 't')
          write(line, isRaised ? raised(part.text, line.last) : part.text, near)
        else if (sign !== undefined) say(line, sign)
        else if (name === 'sym') say(line, symbol(part))
        else if (note) {
          note.found.add(part.attributes['id'] ?? '')
          // The writer's own mark follows.
          if (/^(?:1|true|on)$/.test(part.attributes['customMarkFollows'] ?? '')) return
        } else if (!SKIPPED.has(part.name)) readLine(line, part)
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
    story.blocks.push({ kind: 'paragraph', text, level: headingLevel(text, own, line.style), look })
  }
}

/** What a form asks to be filled in, where nothing was. */
const REQUEST = /^placeholder ?text$/i

const CONTENTS_STYLE = /^toc(?: ?\d| heading)/i

/** A number that needs no space behind it: 一、 and （二）, but 第三条 and 1.2 do. */
const CLOSED = /[、，：）】〕》]$/u

function newLine(style: Style, inCell: boolean): Line {
  const boxes = { blocks: [], runsOn: '', inCell }
  const size = style.size ?? SIZE
  return { text: '', last: '', style, bold: 0, longest: 0, size, isContents: false, boxes }
}

function say(line: Line, text: string): void {
  line.text += text
  line.last = text.at(-1) ?? line.last
}

function write(line: Line, text: string, { bold, size }: Says): void {
  say(line, text)
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

/** A note's blocks, the first with its name in front. */
const named = (name: string, [first, ...rest]: readonly Block[]): Block[] =>
  first?.kind === 'paragraph'
    ? [{ ...first, level: null, text: name + first.text }, ...rest]
    : [...(first ? [first] : []), ...rest]

function byId(part: Element | null): Map<string, Element> {
  return new Map(part?.children.map((note) => [note.attributes['id'] ?? '', note]))
}

function isContents(control: Element): boolean {
  const gallery = value(child(child(control, 'sdtPr'), 'docPartObj'), 'docPartGallery')
  return gallery === 'Table of Contents'
}

/** A first character that is set large stands in a paragraph of its own. */
function dropCap(properties: Element | undefined): boolean {
  return /^(?:drop|margin)$/.test(child(properties, 'framePr')?.attributes['dropCap'] ?? '')
}
