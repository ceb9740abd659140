import { statfs } from 'node:fs/promises'

/** Of the disk that a folder lies on, in bytes: what may still be written to it, and all that it holds. */
export interface DiskRoom {
  readonly free: number
  readonly all: number
}

/** @throws what the system says, as where there is no such folder. */
export async function diskRoom(folder: string): Promise<DiskRoom> {
  const { bavail, blocks, bsize } = await statfs(folder)
  return { free: bavail * bsize, all: blocks * bsize }
}
