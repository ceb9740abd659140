import type { DatabaseSync } from 'node:sqlite'
import { openWhole } from '../database/open-whole.ts'

/**
 * Opens the file of what staff decide at the desk; each room makes its own tables in it. Of a damaged
 * file what can be read goes on being used; `onNotice` is told so in a sentence.
 */
export function openDeskDatabase(
  path: string,
  { onNotice = () => {} }: { readonly onNotice?: (notice: string) => void } = {},
): DatabaseSync {
  return openWhole(path, {
    busyMs: 5_000,
    // What staff take out shall be gone from the file, too.
    setUp: 'PRAGMA secure_delete = ON',
    schema: '',
    onDamage: (damage) =>
      onNotice(
        `工作台的记录 ${path} 已损坏（${damage}），能读出的都已救回，读不出的从缺；损坏的文件改名为 .damaged。`,
      ),
  })
}
