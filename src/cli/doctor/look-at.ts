/** Looks at a database in a process of its own: `look-at.ts LOOK FILE`; what it finds is told as JSON. */
import { constants, setPriority } from 'node:os'
import { isDamage, isRefusedStatement } from '../../database/errors.ts'
import { findDamage } from '../../database/find-damage.ts'
import { lookInto } from '../../database/look-into.ts'
import { versionOf } from '../../database/version.ts'
import { findLogDamage } from '../../database/write-ahead-log.ts'
import { messageOf } from '../../message-of.ts'

/** What was found wrong with a file: it is damaged, or cannot be read just now. */
type Wrong = { readonly damage: string } | { readonly unread: string }

const LOOKS = {
  /** Every page, every row and the log. */
  async whole(file: string) {
    if (findLogDamage(file)) return { damage: '日志缺了一段' }
    return lookInto(file, (db) => {
      const damage = findDamage(db)
      return damage === undefined ? { version: versionOf(db) } : { damage }
    })
  },
  /** What is in an index; what reads it takes a while to load. */
  async contents(file: string) {
    const { contentsOf } = await import('../../retrieval/embedded/contents.ts')
    return lookInto(file, contentsOf)
  },
}

export type Looks = {
  readonly [N in keyof typeof LOOKS]: Awaited<ReturnType<(typeof LOOKS)[N]>> | Wrong
}

async function lookAt(name: string, file: string) {
  const found = Object.entries(LOOKS).find(([known]) => known === name)
  if (!found) throw new Error(`No look is called ${name}`)
  try {
    return await found[1](file)
  } catch (error) {
    return isDamage(error) || isRefusedStatement(error)
      ? { damage: messageOf(error) }
      : { unread: messageOf(error) }
  }
}

const [, , name = '', file = ''] = process.argv
// A bot that answers on the same machine goes first.
setPriority(constants.priority.PRIORITY_BELOW_NORMAL)
process.stdout.write(JSON.stringify(await lookAt(name, file)))
