/** Whether each database is whole, as far as its time goes. */
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Check, Finding } from './check.ts'
import { inProcess } from './in-process.ts'
import { SAY } from './say.ts'
import { sizeText } from './size-text.ts'

const { databases: SAID } = SAY

export const databases: Check = {
  name: '数据库',
  async look({ patient: { config }, seconds, signal }) {
    const folder = config.WENCE_DATA_DIR
    const names = existsSync(folder) ? readdirSync(folder).filter(isDatabase) : []
    if (names.length === 0) return [SAID.none()]
    return Promise.all(names.map((name) => look(join(folder, name), name, seconds, signal)))
  },
}

/** Not what holds a lock, copies or was set aside. */
const isDatabase = (name: string) => /^[^.]+\.sqlite$/u.test(name)

/** SQLite brings a log back that has 4 MB, unless somebody goes on reading it. */
const LONG_LOG = 64e6

async function look(
  file: string,
  name: string,
  seconds: number,
  signal: AbortSignal,
): Promise<Finding> {
  const sizeOf = (path: string) => statSync(path, { throwIfNoEntry: false })?.size ?? 0
  const [size, log] = [sizeOf(file), sizeOf(`${file}-wal`)]
  try {
    const found = await inProcess('whole', file, signal)
    if ('unread' in found) return SAID.unread(name, found.unread)
    if (found.damage !== undefined) return SAID.damaged(name, found.damage)
    if (log > LONG_LOG) return SAID.longLog(name, sizeText(log))
    return SAID.whole(name, sizeText(size), sizeText(log), 'version' in found ? found.version : 0)
  } catch (error) {
    if (!signal.aborted) throw error
    return SAID.unfinished(name, sizeText(size + log), seconds)
  }
}
