import { endSoon } from '../stop-signal.ts'
import { bareCommand, UsageError } from './command.ts'
import { backups } from './doctor/backups.ts'
import { chat } from './doctor/chat.ts'
import type { Check, Finding, Level } from './doctor/check.ts'
import { clock } from './doctor/clock.ts'
import { databases } from './doctor/databases.ts'
import { disk } from './doctor/disk.ts'
import { embedding } from './doctor/embedding.ts'
import { examine } from './doctor/examine.ts'
import { index } from './doctor/index-check.ts'
import { machine } from './doctor/machine.ts'
import { qdrant } from './doctor/qdrant.ts'
import { readPatient } from './doctor/read-patient.ts'
import { settings } from './doctor/settings.ts'
import { telegram } from './doctor/telegram.ts'
import { watching } from './doctor/watching.ts'
import { web } from './doctor/web.ts'

const usage = `npm run doctor   looks at everything that 问策 runs with, and says in Chinese what is well and what is not

  --offline     asks nothing beyond this machine: no Qdrant, no model, no Telegram
  --seconds N   how long each look may take (10)
  --json        prints what was found as JSON

Changes nothing, and may run beside the bot. The model and the embeddings are asked once each, which costs a call.
Exit code 1 when something is broken (✗), not when something is worth a look (!).`

const options = {
  offline: { type: 'boolean' },
  seconds: { type: 'string' },
  json: { type: 'boolean' },
} as const

const CHECKS: readonly Check[] = [
  settings,
  machine,
  clock,
  disk,
  databases,
  index,
  watching,
  backups,
  qdrant,
  chat,
  embedding,
  telegram,
  web,
]

const SECONDS = 10
const MARKS: Record<Level, string> = { fine: '✓', look: '!', broken: '✗' }

const lineOf = (check: string, { level, text, todo }: Finding) =>
  `${MARKS[level]} ${check}  ${text}${todo === undefined ? '。' : ` → ${todo}。`}`

await bareCommand({ usage, options }, async ({ values: { offline = false, json, ...values } }) => {
  const seconds = Number(values.seconds ?? SECONDS)
  if (!(seconds > 0 && seconds <= 3_600)) throw new UsageError('--seconds takes a number')
  const all: (Finding & { readonly check: string })[] = []
  for await (const { check, findings } of examine(CHECKS, readPatient(), { offline, seconds })) {
    all.push(...findings.map((finding) => ({ check, ...finding })))
    if (!json) for (const finding of findings) console.log(lineOf(check, finding))
  }
  const count = (level: Level) => all.filter((finding) => finding.level === level).length
  const ok = count('broken') === 0
  if (json) console.log(JSON.stringify({ ok, findings: all }, null, 2))
  else
    console.log(
      `\n看了 ${all.length} 处：${count('fine')} 处正常，${count('look')} 处值得看看（!），${count('broken')} 处有问题（✗）。`,
    )
  endSoon()
  return ok ? 0 : 1
})
