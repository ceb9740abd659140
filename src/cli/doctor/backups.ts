/** When the last backup was taken. */
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { lastBackupOf } from '../../backup/last-backup.ts'
import { clock } from '../../clock.ts'
import { chinaTime } from '../../china-time.ts'
import type { Check } from './check.ts'
import { SAY } from './say.ts'
import { sizeText } from '../../size-text.ts'

const { backups: SAID } = SAY

/** An alert fires then, too (deploy/prometheus/alerts.yml). */
const OLD_MS = 3 * 24 * 3600_000

export const backups: Check = {
  name: '备份',
  look({ patient: { config } }) {
    const folder = config.WENCE_DATA_DIR
    // Where there is no state there is nothing to lose.
    if (!existsSync(join(folder, 'conversations.sqlite'))) return []
    const taken = lastBackupOf(folder)
    if (!taken) return [SAID.none()]
    const { at, file, bytes, missing } = taken
    const said = [chinaTime(Date.parse(at)), file, sizeText(bytes)] as const
    return [
      clock.now() - Date.parse(at) > OLD_MS ? SAID.old(...said) : SAID.fresh(...said),
      // Where its folder is another container's, it cannot be seen.
      ...(existsSync(dirname(file)) && !existsSync(file) ? [SAID.gone(file)] : []),
      ...(missing > 0 ? [SAID.missing(missing)] : []),
    ]
  },
}
