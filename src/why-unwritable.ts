import { randomUUID } from 'node:crypto'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** What is on its way to be something is no state, should it stay. */
export const nameOfTry = () => `${randomUUID()}.part`

/** As much as a database writes at once. */
const BYTES = 4_096

/**
 * Why nothing can be written to a folder now, as the system's code; undefined where something can. It is tried,
 * with a file that is gone again: a disk that failed may say of itself that it can be written.
 */
export async function whyUnwritable(folder: string): Promise<string | undefined> {
  const file = join(folder, nameOfTry())
  try {
    await writeFile(file, Buffer.alloc(BYTES, 1), { mode: 0o600, flag: 'wx' })
    return undefined
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'EIO'
  } finally {
    await rm(file, { force: true }).catch(() => {})
  }
}

const WORDS: Readonly<Record<string, string>> = {
  ENOSPC: '磁盘满了：腾出空间，积下的提问会自动接着回答',
  EDQUOT: '磁盘配额用完了：腾出空间或放宽配额，积下的提问会自动接着回答',
  EROFS: '磁盘变成只读了，多半是磁盘出错：先看 dmesg，修好后重新挂载成可写',
  ENOENT: '数据目录不在了：看看它的磁盘有没有挂上，挂上以后重启程序',
}

/** The same in words for whoever runs it, with what to do. */
export const unwritable = (code: string): string => WORDS[code] ?? `写不进磁盘（${code}）`
