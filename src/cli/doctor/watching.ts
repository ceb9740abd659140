/** The ingest that goes on, by what it last said of itself. */
import { clock } from '../../clock.ts'
import { chinaTime } from '../../china-time.ts'
import { basename } from 'node:path'
import { type WatchState, readWatchState } from '../../ingest/watch/watch-state.ts'
import type { Check, Finding } from './check.ts'
import { SAY } from './say.ts'

const { watching: SAID } = SAY

/** It says twice a minute that it lives. */
const SILENT_MS = 120_000

export const watching: Check = {
  name: '收录',
  look({ patient: { config } }) {
    const state = readWatchState(config.WENCE_DATA_DIR)
    if (!state) return [SAID.none()]
    const { aliveAt, changedAt, files, waiting, failed, failures } = state
    const { missing, closed, heldBack, trouble } = state
    const { listed, failed: unanswered } = state.addresses
    if (clock.now() - aliveAt > SILENT_MS) return [SAID.silent(chinaTime(aliveAt))]
    const findings: (Finding | false)[] = [
      SAID.alive(
        state.folders.join('、'),
        files,
        waiting,
        changedAt === null ? '还没有过' : chinaTime(changedAt),
      ),
      trouble !== null && SAID.trouble(trouble.what, chinaTime(trouble.since)),
      missing.length > 0 && SAID.missing(missing.join('、')),
      closed.length > 0 &&
        SAID.closed(closed.map(({ path, code }) => `${path}（${code}）`).join('、')),
      heldBack.length > 0 &&
        SAID.heldBack(
          heldBack.map(({ folder, gone }) => `${folder} 少了 ${gone} 个文件`).join('、'),
        ),
      failed > 0 && SAID.failed(failed, examplesOf(failures, failed)),
      listed > 0 && unanswered > 0 && SAID.addresses(unanswered, listed),
    ]
    return findings.filter((finding) => finding !== false)
  },
}

/** ：a.pdf（it has no text）、…… */
function examplesOf(failures: WatchState['failures'], failed: number): string {
  const named = failures.map(
    ({ path, why }) => `${basename(path)}（${why.replace(`${path}: `, '')}）`,
  )
  if (named.length === 0) return ''
  return `：${named.join('、')}${named.length < failed ? ' 等' : ''}`
}
