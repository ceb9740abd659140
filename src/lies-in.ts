import { existsSync, realpathSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'

/** Whether a whole path is a folder or in it, whatever links lead there; what is not there yet is where it would be. */
export const liesIn = (path: string, folder: string): boolean =>
  `${realPath(path)}${sep}`.startsWith(join(realPath(folder), sep))

function realPath(path: string): string {
  let there = path
  while (!existsSync(there) && there !== dirname(there)) there = dirname(there)
  return join(realpathSync(there), relative(there, path))
}
