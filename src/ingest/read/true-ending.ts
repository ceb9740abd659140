/** Formats that begin with bytes of their own, as Latin-1. */
const SIGNATURES: readonly (readonly [start: string, ending: string])[] = [
  ['%PDF-', '.pdf'],
  ['PK\u0003\u0004', '.zip'],
  ['\u00D0\u00CF\u0011\u00E0', '.doc'],
  ['{\\rtf', '.rtf'],
  ['\u0089PNG', '.png'],
  ['\u00FF\u00D8\u00FF', '.jpg'],
  ['GIF8', '.gif'],
  ['II*\u0000', '.tif'],
  ['MM\u0000*', '.tif'],
  ['Rar!', '.rar'],
  ['7z\u00BC\u00AF', '.7z'],
  ['\u001F\u008B', '.gz'],
]

/** What a zip archive or an old Office document is, by the name of a part; the first that it has. */
const PARTS: Readonly<Record<string, readonly (readonly [part: string, ending: string])[]>> = {
  '.zip': [
    ['word/document.xml', '.docx'],
    ['xl/workbook.xml', '.xlsx'],
    ['ppt/presentation.xml', '.pptx'],
    ['OFD.xml', '.ofd'],
    ['opendocument.text', '.odt'],
    ['opendocument.spreadsheet', '.ods'],
    ['opendocument.presentation', '.odp'],
    ['epub+zip', '.epub'],
  ],
  '.doc': [
    ['EncryptedPackage', '.locked'],
    ['PowerPoint Document', '.ppt'],
    ['WordDocument', '.doc'],
    ['Workbook', '.xls'],
  ],
}

/** Written formats, by how they begin behind white space; of pages what the WHATWG's MIME Sniffing takes for one. */
const WRITTEN: readonly (readonly [start: RegExp, ending: string])[] = [
  [/^(?:From: <Saved by|MIME-Version:|Content-Type: multipart)/i, '.mht'],
  [/^<\?xml[^>]*>\s*<\?mso-application progid="Word/i, '.doc'],
  [/^<\?xml[^>]*>\s*<\?mso-application progid="Excel/i, '.xls'],
  [/^(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->)[^])*-->\s*)*<(?:!doctype html|html)\b/i, '.html'],
]
const PIECE_OF_PAGE =
  /^<(?:!--|(?:head|script|iframe|h1|div|font|table|a|style|title|b|body|br|p|meta|span)[\s>])/i

const JSON_LINE = /^\{\s*"\w+"\s*:/

/** Endings under which a piece of a page is no page: Markdown may begin with one, and data may hold some. */
const MAY_HOLD_TAGS = ['.md', '.csv', '.tsv', '.jsonl']

/** Programs that print tables or notices as text like to call it Excel's or Word's. */
const PLAIN_TEXT: Readonly<Record<string, string>> = {
  '.doc': '.txt',
  '.wps': '.txt',
  '.xls': '.csv',
  '.et': '.csv',
}
// oxlint-disable-next-line no-control-regex -- bytes that no text has
const NO_TEXT = /[\u0000-\u0008\u000E-\u001A\u001C-\u001F]/

const LOOKED_AT = 4096

/**
 * The ending that a file's bytes deserve: its own, unless they begin as another format does. The
 * first few KB tell a page from a PDF; which kind of archive it is takes the whole.
 */
export function trueEnding(bytes: Uint8Array, ending: string): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const start = buffer.subarray(0, LOOKED_AT).toString('latin1')
  const signed = SIGNATURES.find(([signature]) => start.startsWith(signature))?.[1]
  if (signed) return partEnding(buffer, signed) ?? signed
  // A PDF may have some bytes before its mark.
  if (ending === '.pdf' && start.includes('%PDF-')) return ending
  // Tags are ASCII in every encoding, but for the zeros between them in UTF-16.
  const written = start.replace(/^(?:\u00EF\u00BB\u00BF|\u00FF\u00FE|\u00FE\u00FF)/, '')
  const words = written.replaceAll('\u0000', '').trimStart()
  const found = WRITTEN.find(([pattern]) => pattern.test(words))?.[1]
  if (found) return found === '.html' && isPage(ending) ? ending : found
  if (ending === '.txt' && JSON_LINE.test(words)) return '.jsonl'
  if (PIECE_OF_PAGE.test(words) && !MAY_HOLD_TAGS.includes(ending) && !isPage(ending))
    return '.html'
  return (words !== '' && !NO_TEXT.test(start) && PLAIN_TEXT[ending]) || ending
}

const isPage = (ending: string) => /^\.(?:s?html?|xml)$/.test(ending)

function partEnding(buffer: Buffer, signed: string): string | undefined {
  const encoding = signed === '.doc' ? 'utf16le' : 'latin1'
  return PARTS[signed]?.find(([part]) => buffer.includes(part, 0, encoding))?.[1]
}
