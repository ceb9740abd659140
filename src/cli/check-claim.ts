import { ClaimAsked } from '../corpus.ts'
import { claimText } from './claim-text.ts'
import { command, UsageError } from './command.ts'
import { mapJsonLines, printJsonLine } from './json-lines.ts'
import { openWence } from './open.ts'

const usage = `npm run check-claim -- "TEXT"    do the articles say this?
npm run check-claim -- --jsonl   {"id","claim"} lines in on stdin, one Claim a line out

  --json      the Claim as JSON`

const options = { json: { type: 'boolean' }, jsonl: { type: 'boolean' } } as const

await command(
  { usage, options, allowPositionals: true },
  async ({ values, positionals, config }) => {
    const claim = positionals.join(' ').trim()
    if (!values.jsonl && !claim) throw new UsageError('Which sentence?')
    const wence = await openWence(config)
    try {
      if (values.jsonl) return await mapJsonLines(ClaimAsked, wence.checkClaim)
      const checked = await wence.checkClaim({ claim })
      if (values.json) await printJsonLine(checked)
      else console.log(claimText(checked))
    } finally {
      await wence.close()
    }
  },
)
