import { readdir, stat } from 'node:fs/promises'
import { basename, extname, join, relative, resolve, sep } from 'node:path'

/** A file to read: where it lies, and the name it is cited by. */
export interface FoundFile {
  readonly path: string
  readonly source: string
}

export interface Found {
  readonly files: readonly FoundFile[]
  /** What could not be looked at, and why, in a sentence. */
  readonly problems: readonly { readonly path: string; readonly error: string }[]
  /** Was a file that is not found looked for? True of files in a named folder, unless a folder on the way was closed. */
  readonly lookedFor: (path: string) => boolean
}

export const READABLE = ['.txt', '.md', '.html', '.htm', '.pdf', '.docx', '.jsonl']

/**
 * The readable files at some paths, folders with all that is in them, in a stable order. A file is
 * cited by its path relative to the folder that was named, or by its bare name when it was named
 * itself. Hidden files and other formats in a folder are passed over; named themselves, they are a
 * problem.
 */
export async function findFiles(paths: readonly string[]): Promise<Found> {
  const files = new Map<string, FoundFile>()
  const problems: { path: string; error: string }[] = []
  const roots: string[] = []
  const closed: string[] = []
  for (const given of paths) {
    const path = resolve(given)
    try {
      if ((await stat(path)).isDirectory()) {
        roots.push(path)
        for (const file of await walk(path, path)) add(file)
      } else if (READABLE.includes(extname(path).toLowerCase())) {
        add({ path, source: basename(path) })
      } else {
        const error = `${given}: cannot read this kind of file; give one of ${READABLE.join(' ')}.`
        problems.push({ path: given, error })
      }
    } catch (error) {
      problems.push({ path: given, error: readingProblem(given, error) })
    }
  }
  const under = (folders: readonly string[], path: string) =>
    folders.some((folder) => path.startsWith(folder + sep))
  const lookedFor = (path: string) => under(roots, path) && !under(closed, path)
  return { files: [...files.values()], problems, lookedFor }

  function add(file: FoundFile) {
    if (!files.has(file.path)) files.set(file.path, file)
  }

  async function walk(folder: string, root: string): Promise<FoundFile[]> {
    const found: FoundFile[] = []
    try {
      const entries = (await readdir(folder, { withFileTypes: true })).filter(
        ({ name }) => !name.startsWith('.'),
      )
      // Compared by code unit, so that the order is the same everywhere.
      for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
        const path = join(folder, entry.name)
        if (entry.isDirectory()) found.push(...(await walk(path, root)))
        else if (entry.isFile() && READABLE.includes(extname(path).toLowerCase())) {
          found.push({ path, source: relative(root, path).split(sep).join('/') })
        }
      }
    } catch (error) {
      closed.push(folder)
      problems.push({ path: folder, error: readingProblem(folder, error) })
    }
    return found
  }
}

/** Why a file or folder cannot be read, in a sentence that says what to do. */
export function readingProblem(path: string, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOENT') return `${path}: there is no such file or folder; check the path.`
  if (code === 'EACCES' || code === 'EPERM')
    return `${path}: no permission to read it; give yourself read access to it.`
  return error instanceof Error ? error.message : String(error)
}
