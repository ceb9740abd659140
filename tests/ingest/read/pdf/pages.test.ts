import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { readText } from '../../../../src/ingest/read-articles.ts'
import { pdfText } from '../../../../src/ingest/read/pdf-text.ts'

const Expected = z.array(z.object({ headline: z.string(), paragraphs: z.array(z.string()) }))

const read = (name: string) => readFileSync(new URL(`pages/${name}`, import.meta.url))

/** White space and the forms of marks differ. */
const letters = (text: string) => text.normalize('NFKC').replaceAll(/[^\p{L}\p{N}%.]/gu, '')

/** Newspaper pages of invented articles as a browser set them, in several columns each. */
test.each(['columns', 'boxes', 'beside-and-below'])(
  'reads each article of %s whole, in order, under its headline',
  async (name) => {
    const expected = Expected.parse(JSON.parse(read(`${name}.json`).toString()))
    const { articles } = await readText(await pdfText(read(`${name}.pdf`)), name)
    const told = articles
      .filter(({ kind }) => kind !== 'photo')
      .map(({ headline, text }) => `${letters(headline ?? '')}\n${letters(text)}`)
    const wanted = expected.map(
      ({ headline, paragraphs }) => `${letters(headline)}\n${letters(paragraphs.join(''))}`,
    )
    expect(told.toSorted()).toEqual(wanted.toSorted())
  },
)
