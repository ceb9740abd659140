import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import { clock } from '../clock.ts'
import { isHalfRestored } from '../backup/half-restored.ts'
import { finishRestore, restoreBackup } from '../backup/restore-backup.ts'
import { chinaStamp } from '../china-time.ts'
import type { Config } from '../config.ts'
import { openDeskDatabase } from '../desk/desk-database.ts'
import { openVectorStore } from '../retrieval/vector-store.ts'
import { openState } from '../stores/sqlite/open-state.ts'
import { command, UsageError } from './command.ts'
import { fillingMark } from './open.ts'
import { ledgerFile } from './open-index.ts'
import { inIngestTurn } from './one-ingest.ts'

const usage = `npm run restore -- FILE   puts what npm run backup took into the data directory, WENCE_DATA_DIR

  --replace   sets aside what is there, as replaced-… in it; delete that when nothing of it is missed

Nothing is touched before all of FILE was read and found whole. Files that were read are expected where they
lay; those that are not there are kept in the data directory. The next start makes the index again, in Qdrant,
too. What is older than KEEP_QUESTIONS_DAYS is not brought back; who said /forget after the backup was taken
has to say it again.`

await command(
  { usage, options: { replace: { type: 'boolean' } }, allowPositionals: true, isRepair: true },
  async ({ values, positionals: [file, ...more], config }) => {
    const { WENCE_DATA_DIR: dataDirectory } = config
    const aside = `replaced-${chinaStamp(clock.now())}`
    const wasHalf = isHalfRestored(dataDirectory)
    if ((file === undefined && !wasHalf) || more.length > 0)
      throw new UsageError('From which file?')
    return inIngestTurn(config, async () => {
      if (wasHalf) {
        finishRestore(dataDirectory, aside)
        console.error('The restore that was broken off is finished.')
      }
      if (file === undefined) return 0
      const { takenAt, missing } = await restoreBackup(file, {
        dataDirectory,
        ledger: basename(ledgerFile(config)),
        fillingMark: basename(fillingMark(config)),
        replace: values.replace ?? false,
        aside,
        prepare: (folder) => prepare(folder, config),
      })
      console.log(
        `${dataDirectory}: as it was on ${takenAt}. The next start makes the index again.`,
      )
      if (missing.length > 0)
        console.error(
          `${missing.length} files that had been read were gone already when it was taken.`,
        )
      if (existsSync(join(dataDirectory, aside)))
        console.error(
          `What was there is in ${join(dataDirectory, aside)}: delete it when nothing of it is missed.`,
        )
      return 0
    })
  },
)

/** What was taken by an older version becomes this one's; what was to be forgotten meanwhile is. */
async function prepare(folder: string, { KEEP_QUESTIONS_DAYS }: Config): Promise<void> {
  const conversations = join(folder, 'conversations.sqlite')
  if (existsSync(conversations)) {
    const state = await openState(conversations, { keepQuestions: KEEP_QUESTIONS_DAYS > 0 })
    try {
      await state.expire(clock.now() - KEEP_QUESTIONS_DAYS * 24 * 3600 * 1000)
    } finally {
      await state.close()
    }
  }
  for (const [name, open] of [
    ['desk.sqlite', openDeskDatabase],
    ['vectors.sqlite', openVectorStore],
  ] as const)
    if (existsSync(join(folder, name))) open(join(folder, name)).close()
}
