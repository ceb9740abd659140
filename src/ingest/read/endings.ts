/** Kinds of file that are read, by how their names end. */
export const READABLE = [
  '.txt',
  '.md',
  '.html',
  '.htm',
  '.shtml',
  '.pdf',
  '.docx',
  '.jsonl',
  '.csv',
  '.tsv',
  '.xlsx',
] as const

export type Readable = (typeof READABLE)[number]

export const isReadable = (ending: string): ending is Readable =>
  (READABLE as readonly string[]).includes(ending)

/** A kind of file that is not read: what it is, and what to do about it. */
export interface Unread {
  readonly what: string
  readonly advice: string
  readonly endings: readonly string[]
  /** Web sites and programs give files of other kinds these endings: their bytes are looked at. */
  readonly oftenAnother?: boolean
}

/** What programs write to, until they are done and give the file its name. */
export const UNFINISHED: readonly string[] = [
  '.part',
  '.partial',
  '.crdownload',
  '.download',
  '.filepart',
  '.tmp',
  '.temp',
]

const UNREAD: readonly Unread[] = [
  {
    what: 'a file that is not finished',
    advice: 'wait until the program that writes it gives it its name',
    endings: UNFINISHED,
  },
  {
    what: 'an old Word document',
    advice: 'save it as .docx',
    endings: ['.doc', '.dot', '.docm'],
    oftenAnother: true,
  },
  {
    what: 'a WPS document',
    advice: 'save it as .docx',
    endings: ['.wps', '.wpt'],
    oftenAnother: true,
  },
  {
    what: 'an RTF document',
    advice: 'save it as .docx',
    endings: ['.rtf'],
    oftenAnother: true,
  },
  {
    what: 'a document of another program',
    advice: 'save it as .docx',
    endings: ['.odt', '.pages'],
  },
  {
    what: 'an old Excel table',
    advice: 'save it as .xlsx or .csv',
    endings: ['.xls', '.et', '.xlsm'],
    oftenAnother: true,
  },
  { what: 'a table of another program', advice: 'save it as .xlsx', endings: ['.ods', '.numbers'] },
  {
    what: 'slides',
    advice: 'save them as .pdf',
    endings: ['.ppt', '.pptx', '.pps', '.dps', '.odp'],
  },
  {
    what: 'a page in a format of its own',
    advice: 'save it as .pdf',
    endings: ['.ofd', '.ceb', '.cebx', '.caj', '.djvu', '.xps'],
  },
  {
    what: 'an electronic book',
    advice: 'save it as .html or .txt',
    endings: ['.epub', '.mobi', '.azw3'],
  },
  {
    what: 'an archive',
    advice: 'unpack it first',
    endings: ['.zip', '.rar', '.7z', '.tar', '.gz', '.tgz', '.bz2', '.xz'],
  },
  {
    what: 'a picture',
    advice: 'recognise its text first, and give that',
    endings: ['.jpg', '.jpeg', '.png', '.gif', '.bmp', '.tif', '.tiff', '.webp', '.heic', '.avif'],
  },
  {
    what: 'a web page packed for mail',
    advice: 'save it as .html',
    endings: ['.mht', '.mhtml', '.eml'],
  },
  {
    what: 'data of another shape',
    advice: 'give its articles as .jsonl, one a line, or as .csv',
    endings: ['.json', '.xml'],
  },
  {
    what: 'a link',
    advice: 'save the page that it leads to',
    endings: ['.url', '.lnk', '.webloc'],
  },
  {
    what: 'a recording',
    advice: 'write down what is said in it',
    endings: ['.mp3', '.m4a', '.wav', '.amr', '.mp4', '.mov', '.avi', '.wmv', '.flv', '.mkv'],
  },
  {
    what: 'part of a saved page, and no article',
    advice: 'leave it out',
    endings: ['.css', '.js', '.ico', '.svg', '.woff', '.woff2', '.ttf', '.map'],
  },
  {
    what: 'locked by a password',
    advice: 'save it without one',
    // No file is named so: it is what an encrypted document is found to be.
    endings: ['.locked'],
  },
]

const BY_ENDING = new Map(UNREAD.flatMap((kind) => kind.endings.map((ending) => [ending, kind])))

/** What a file that is not read is by its ending; of one that nobody knows, which endings are read. */
export function unread(ending: string): Unread {
  return (
    BY_ENDING.get(ending) ?? {
      what: ending === '' ? 'a file without an ending' : `of a kind that is not read, ${ending}`,
      advice: `give one of ${READABLE.join(' ')}`,
      endings: [ending],
      oftenAnother: ending === '',
    }
  )
}
