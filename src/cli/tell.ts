import { z } from 'zod'
import { type Cuttable, cut, labelled } from '../answer/tell/cut.ts'
import { findPlaces } from '../language/places.ts'
import { cells, pieces } from '../language/pieces.ts'
import { command, UsageError } from './command.ts'
import { mapJsonLines } from './json-lines.ts'

const usage = `npm run tell -- --jsonl   what picks are told as, for trying guards

  reads {"id","sentence","headline"?,"subhead"?,"place"?,"date"?,"keep":["pieces",…]} lines on stdin,
  prints {"id","text"} lines, in order`

const options = { jsonl: { type: 'boolean' } } as const

const Line = z.object({
  id: z.union([z.string(), z.number()]).optional(),
  sentence: z.string().min(1),
  headline: z.string().nullish(),
  subhead: z.string().nullish(),
  place: z.string().nullish(),
  date: z.iso
    .date()
    .or(z.string().regex(/^\d{4}(?:-(?:0[1-9]|1[0-2]))?$/u, 'must be YYYY-MM-DD, YYYY-MM or YYYY'))
    .nullish(),
  keep: z.array(z.string()),
})

await command({ usage, options }, async ({ values }) => {
  if (!values.jsonl) throw new UsageError('tell reads lines: --jsonl')
  return await mapJsonLines(Line, async ({ id, keep, ...line }) => {
    const sentence = cuttable(line)
    const picked = keep.flatMap((words) => covered(sentence, words))
    return {
      ...(id !== undefined && { id }),
      text: picked.length > 0 ? labelled(cut(sentence, picked)) : '',
    }
  })
})

function cuttable({
  sentence,
  headline,
  subhead,
  place,
  date,
}: Omit<z.infer<typeof Line>, 'id' | 'keep'>): Cuttable {
  // Rows of a table stand in lines, and have no marks.
  const isRow = /\n/u.test(sentence) && !/[，。；]/u.test(sentence)
  return {
    text: sentence,
    pieces: isRow ? cells(sentence) : pieces(sentence),
    isRow,
    printed: {
      date: date ?? null,
      place: place ? (findPlaces(place).at(-1)?.places[0]?.path ?? [place]) : [],
    },
    heading: {
      headline: headline ?? null,
      kicker: null,
      subhead: subhead ?? null,
      section: null,
      before: '',
    },
  }
}

/** The pieces that some words of a sentence touch; none when it does not say them. */
function covered({ text, pieces: all }: Cuttable, words: string): number[] {
  const start = text.indexOf(words)
  if (start < 0) return []
  const end = start + words.length
  return all.flatMap((piece, i) => (piece.start < end && start < piece.end ? [i] : []))
}
