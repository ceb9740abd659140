/** Whether each database is whole, as far as its time goes. */
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { VERSION as STATE } from '../../stores/sqlite/state-database.ts'
import { VERSION as DESK } from '../../desk/desk-database.ts'
import { VERSION as LEDGER } from '../../ingest/ledger.ts'
import { VERSION as VECTORS } from '../../retrieval/vector-store.ts'
import type { Check, Finding } from './check.ts'
import { inProcess } from './in-process.ts'
import { SAY } from './say.ts'
import { sizeText } from '../../size-text.ts'

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

/** Of what this program writes; an index that is of another is made again. */
const VERSIONS: ReadonlyMap<string, number> = new Map([
  ['conversations.sqlite', STATE],
  ['desk.sqlite', DESK],
  ['ingest.sqlite', LEDGER],
  ['vectors.sqlite', VECTORS],
])

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
    if ('damage' in found) return SAID.damaged(name, found.damage)
    if (log > LONG_LOG) return SAID.longLog(name, sizeText(log))
    const { version } = found
    const ours = VERSIONS.get(name) ?? version
    if (version > ours) return SAID.newer(name, version)
    if (version < ours) return SAID.older(name, version)
    return SAID.whole(name, sizeText(size), sizeText(log), version)
  } catch (error) {
    if (!signal.aborted) throw error
    return SAID.unfinished(name, sizeText(size + log), seconds)
  }
}
