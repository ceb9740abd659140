import { createHash } from 'node:crypto'
import { realpathSync } from 'node:fs'

/** The header of /readyz that says which installation answers, to whoever is told why it does not. */
export const INSTALLATION = 'x-wence-installation'

/** One data directory is one installation: a digest of where it lies, the same for all of its processes. */
export function installationOf(dataDirectory: string): string {
  return createHash('sha256').update(placeOf(dataDirectory)).digest('hex').slice(0, 12)
}

function placeOf(folder: string): string {
  try {
    return realpathSync(folder)
  } catch {
    // It is made at the first start.
    return folder
  }
}
