import { z } from 'zod'
import { readAlone } from '../ingest/reading/open-readers.ts'
import { repairedText } from '../ingest/repaired.ts'
import { command, UsageError } from './command.ts'
import { mapJsonLines } from './json-lines.ts'

const usage = `npm run repair -- FILE      prints a file's text as repaired: symbols, spaces and lines as a person would print them
npm run repair -- --jsonl   {"id","text"} lines in on stdin, the same out, repaired`

const Line = z.object({ id: z.union([z.string(), z.number()]).optional(), text: z.string() })

await command(
  { usage, options: { jsonl: { type: 'boolean' } }, allowPositionals: true },
  async ({ values, positionals }) => {
    if (values.jsonl) {
      return mapJsonLines(Line, async ({ id, text }) => ({
        ...(id !== undefined && { id }),
        text: repairedText(text),
      }))
    }
    const [file, ...more] = positionals
    if (!file || more.length > 0) throw new UsageError('Which file? One.')
    for await (const text of readAlone('repair', file)) console.log(text)
  },
)
