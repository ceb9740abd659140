import { type FSWatcher, watch } from 'node:fs'

/** How long what changes is let come together before it is looked at. */
const TOGETHER_MS = 500

/**
 * Tells that something changed in folders, a moment after it did, where the system tells it: not of
 * shares of other machines, nor beyond so many folders (`fs.inotify.max_user_watches`). So it only
 * makes sooner what is looked for anyway. `onDeaf` is told once why some cannot be watched.
 */
export function watchEvents(
  onChange: () => void,
  onDeaf: (why: string) => void,
): { follow(folders: ReadonlySet<string>): void; close(): void } {
  const watched = new Map<string, FSWatcher>()
  let timer: NodeJS.Timeout | undefined
  let isDeaf = false

  return {
    /** Watches these folders, without those in them, and no others any more. */
    follow(folders) {
      for (const folder of watched.keys()) if (!folders.has(folder)) leave(folder)
      for (const folder of folders) {
        if (isDeaf) return
        if (!watched.has(folder)) listen(folder)
      }
    },
    close() {
      clearTimeout(timer)
      for (const folder of watched.keys()) leave(folder)
    },
  }

  function listen(folder: string) {
    try {
      const watcher = watch(folder, changed)
      watcher.on('error', () => leave(folder))
      watched.set(folder, watcher)
    } catch (error) {
      // One that went away is looked for, and watched when it is there again.
      const code = error instanceof Error && 'code' in error ? String(error.code) : ''
      if (code === 'ENOENT' || code === 'ENOTDIR') return
      isDeaf = true
      onDeaf(code)
    }
  }

  function leave(folder: string) {
    watched.get(folder)?.close()
    watched.delete(folder)
  }

  function changed() {
    timer ??= setTimeout(() => {
      timer = undefined
      onChange()
    }, TOGETHER_MS)
  }
}
