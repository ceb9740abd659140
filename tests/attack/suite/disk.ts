import { spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { askSteadily, doubledIn } from '../../support/bot-api/asking.ts'
import type { Attack } from '../attack.ts'
import { drained, openTarget, roomsOf } from '../bot.ts'

const STAFF = 7_001
const RATE = 10
const FULL_MS = 20_000
/** Until the disk has had room for a while, and staff are told. */
const TOLD_MS = 60_000

export const attack: Attack = {
  name: 'disk',
  does: `Fills the disk under the bot for a while, twice for a moment and once for long, while ${RATE} questions a second are asked.`,
  promises:
    'Every question is answered, once, when there is room; staff are told once that nothing can be written, and once that it can again.',
  async run({ share, say }) {
    const folder = mkdtempSync(join(tmpdir(), 'wence-small-disk-'))
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64m', 'tmpfs', folder])
    if (mounted.status !== 0) {
      rmSync(folder, { recursive: true })
      say('not run: a small disk can be mounted on Linux only, by root')
      return []
    }
    try {
      return await filled(folder, FULL_MS * Math.max(share, 0.2))
    } finally {
      spawnSync('umount', ['-l', folder])
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

async function filled(folder: string, fullMs: number) {
  await using target = await openTarget({
    WENCE_DATA_DIR: join(folder, 'data'),
    TELEGRAM_STAFF: String(STAFF),
  })
  const staff = target.api.person(STAFF)
  const told = (words: string) => staff.messages.filter(({ text }) => text?.includes(words)).length
  const rooms = roomsOf(target, 50)
  const bot = await target.start()
  const asking = askSteadily(rooms, RATE)
  const ballast = join(folder, 'ballast')
  for (const ms of [500, 500, fullMs]) {
    await sleep(3_000)
    fill(ballast)
    await sleep(ms)
    rmSync(ballast)
  }
  await asking.stop()
  const stranded = await drained(rooms)
  await target.api.until(() => told('又能写了') > 0, TOLD_MS).catch(() => {})
  const alive = bot.child.exitCode === null
  await bot.end('SIGTERM')
  const lines = bot.logged().split('nothing can be written').length - 1
  return [
    { what: 'asked while it lasted', value: asking.count() },
    { what: 'stranded', value: stranded, kept: stranded === 0 },
    { what: 'doubled', value: doubledIn(rooms), kept: doubledIn(rooms) === 0 },
    { what: 'ended by it', value: alive ? 0 : 1, kept: alive },
    {
      what: 'staff told that it is full',
      value: told('写不进磁盘'),
      kept: told('写不进磁盘') === 1,
    },
    { what: 'staff told that it is well', value: told('又能写了'), kept: told('又能写了') === 1 },
    { what: 'lines in the log', value: lines, kept: lines <= 1 },
  ]
}

/** Writes until nothing more goes in. */
function fill(file: string): void {
  const fd = openSync(file, 'w')
  try {
    for (const bytes of [1 << 20, 1 << 12, 1]) {
      const piece = Buffer.alloc(bytes)
      try {
        while (writeSync(fd, piece) === bytes);
      } catch {
        // Then by smaller pieces.
      }
    }
  } finally {
    closeSync(fd)
  }
}
