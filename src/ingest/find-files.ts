import { isUtf8 } from 'node:buffer'
import { statSync } from 'node:fs'
import { access, constants, readdir, realpath, stat } from 'node:fs/promises'
import { basename, dirname, extname, join, relative, resolve, sep } from 'node:path'
import { isReadable, unread } from './read/endings.ts'
import { beginningOf } from './read/open-file.ts'
import { trueEnding } from './read/true-ending.ts'
import { codeOf } from '../endpoint/unreached.ts'
import { messageOf } from '../message-of.ts'

/** A file to read: where it lies, and the name it is cited by. */
export interface FoundFile {
  readonly path: string
  readonly source: string
}

/** A file of a folder that is passed over, its ending, and why: what it is and what to do about it. */
export interface SkippedFile {
  readonly source: string
  readonly ending: string
  readonly reason: string
}

export interface Closed {
  readonly path: string
  readonly code: string
}

export interface Found {
  readonly files: readonly FoundFile[]
  readonly skipped: readonly SkippedFile[]
  /** What could not be looked at, and why, in a sentence. */
  readonly problems: readonly { readonly path: string; readonly error: string }[]
  /** Where the system did not let us look, and its code: EACCES, or ENOENT of what is not there. */
  readonly closed: readonly Closed[]
  /** Was a file that is not found looked for? True of files in a named folder, unless a folder on the way was closed. */
  readonly lookedFor: (path: string) => boolean
}

/** What programs leave beside files, as hidden as a name with a dot: locks, thumbnails, folder settings. */
const HIDDEN = /^(?:\.|~\$|Thumbs\.db$|desktop\.ini$|__MACOSX$)/i

/** In a folder that is watched, a list of addresses on the web; no article, wherever it is read. */
export const ADDRESS_LIST = 'sources.txt'

/** Where browsers put the parts of a saved page, beside it. */
const PAGE_PARTS = /^(.*)(?:_files|\.files|_文件)$/

/**
 * The readable files at some paths, folders with all that is in them, in a stable order, each once:
 * first what lies there, then what links lead to. A file is cited by its path relative to the folder
 * that was named, or by its bare name when it was named itself. Hidden files in a folder are passed
 * over; files of other kinds are told, and a problem when they were named themselves.
 */
export async function findFiles(paths: readonly string[]): Promise<Found> {
  const files: FoundFile[] = []
  const skipped: SkippedFile[] = []
  const problems: { path: string; error: string }[] = []
  const roots: string[] = []
  const closed: Closed[] = []
  const seen = new Set<string>()
  for (const given of paths) {
    const path = resolve(given)
    try {
      if ((await stat(path)).isDirectory()) {
        roots.push(path)
        await walk(path)
      } else if (await isNew(path)) {
        const reason = await whyNot(path)
        if (reason === null) files.push({ path, source: basename(path) })
        else problems.push({ path: given, error: `${given}: this is ${reason}.` })
      }
    } catch (error) {
      close(path, error)
      problems.push({ path: given, error: readingProblem(given, error) })
    }
  }
  const under = (folder: string, path: string) => path.startsWith(folder + sep)
  const lookedFor = (path: string) =>
    roots.some((root) => under(root, path)) &&
    !closed.some((shut) => path === shut.path || under(shut.path, path))
  return { files, skipped, problems, closed, lookedFor }

  function close(path: string, error: unknown) {
    closed.push({ path, code: codeOf(error) ?? '' })
  }

  /** By its real path, so that links lead neither twice to a place nor for ever in a circle. */
  async function isNew(path: string): Promise<boolean> {
    const real = await realpath(path)
    return !seen.has(real) && Boolean(seen.add(real))
  }

  async function walk(root: string) {
    const links: string[] = []
    await walkFolder(root)
    for (const link of links) await look(link)

    async function walkFolder(folder: string) {
      try {
        if (!(await isNew(folder))) return
        // One that may be listed only shows names, as if all that they name were gone.
        await access(folder, constants.R_OK | constants.X_OK)
        const listed = await readdir(folder, { withFileTypes: true, encoding: 'buffer' })
        const entries = listed
          .map((entry) => ({ entry, name: nameOf(entry.name) }))
          .filter(({ name }) => !HIDDEN.test(name))
        const names = new Set(entries.map(({ name }) => name))
        // Compared by code unit, so that the order is the same everywhere.
        for (const { entry, name } of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
          const path = join(folder, name)
          if (!isUtf8(entry.name)) problems.push({ path, error: misnamed(path) })
          else if (entry.isSymbolicLink()) links.push(path)
          else if (folder === root && name === ADDRESS_LIST)
            skip(path, '', 'a list of addresses; they are fetched where the folder is watched')
          else if (!entry.isDirectory()) await look(path)
          else if (isOfPage(name, names))
            skip(path, '', 'the parts of a saved page; the page is read without them')
          else await walkFolder(path)
        }
      } catch (error) {
        close(folder, error)
        problems.push({ path: folder, error: readingProblem(folder, error) })
      }
    }

    async function look(path: string) {
      try {
        if ((await stat(path)).isDirectory()) return await walkFolder(path)
        if (!(await isNew(path))) return
        const reason = await whyNot(path)
        if (reason === null) files.push({ path, source: sourceOf(path) })
        else skip(path, endingOf(path), reason)
      } catch (error) {
        const code = codeOf(error)
        if (code === 'ENOENT' || code === 'ELOOP')
          skip(path, '', 'a link that leads nowhere; mend it')
        else {
          close(path, error)
          problems.push({ path, error: readingProblem(path, error) })
        }
      }
    }

    function skip(path: string, ending: string, reason: string) {
      skipped.push({ source: sourceOf(path), ending, reason })
    }

    function sourceOf(path: string) {
      return relative(root, path).split(sep).join('/')
    }
  }
}

/** A name as whoever gave it saw it: what is no UTF-8 was unpacked from an archive of a Chinese Windows. */
const nameOf = (bytes: Buffer) =>
  isUtf8(bytes) ? bytes.toString() : new TextDecoder('gb18030').decode(bytes)

/** What is opened by its name in UTF-8 is not found by another. */
const misnamed = (path: string) =>
  `${path}: its name is not in UTF-8 but, it seems, in GBK, as in archives of Windows; rename it (convmv -r -f gbk -t utf8 --notest ${dirname(path)}).`

const endingOf = (path: string) => extname(path).toLowerCase()

function isOfPage(folder: string, names: ReadonlySet<string>): boolean {
  const page = PAGE_PARTS.exec(folder)?.[1]
  return (
    page !== undefined && ['.html', '.htm', '.shtml'].some((ending) => names.has(page + ending))
  )
}

/** Why a file is not read, or null when it is. Nothing but a file is ever opened: a pipe would wait for ever. */
async function whyNot(path: string): Promise<string | null> {
  if (!(await stat(path)).isFile()) return 'a pipe, a socket or a device; give a file'
  const ending = endingOf(path)
  if (isReadable(ending)) return null
  const { what, advice, oftenAnother } = unread(ending)
  if (oftenAnother) {
    const found = trueEnding(await beginningOf(path), ending)
    // Which kind of archive it is shows when it is read whole.
    if (found !== ending && (isReadable(found) || found === '.zip')) return null
  }
  return `${what}; ${advice}`
}

/** Whether a file lies there, and no folder in its place. */
export function isThere(path: string): boolean {
  try {
    return !statSync(path).isDirectory()
  } catch {
    return false
  }
}

/** Why a file or folder cannot be read, in a sentence that says what to do. */
export function readingProblem(path: string, error: unknown): string {
  const code = codeOf(error)
  if (code === 'ENOENT' && path.includes('\uFFFD')) return misnamed(path)
  if (code === 'ENOENT') return `${path}: there is no such file or folder; check the path.`
  if (code === 'EACCES' || code === 'EPERM')
    return `${path}: no permission to read it; give yourself read access to it.`
  return messageOf(error)
}
