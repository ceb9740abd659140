import { claimReply } from '../answer/reply.ts'
import type { Claim } from '../corpus.ts'

/** What a claim was found to be, with the sentences that show it, as plain text. */
export function claimText(claim: Claim): string {
  const { verdict, differences, sources } = claimReply(claim)
  return [
    verdict,
    ...differences,
    ...sources.flatMap(({ marks, title, details, quotes }) => [
      `${marks} ${title} · ${details}`,
      ...quotes.map(({ mark, text }) => `   ${mark ?? ''}“${text}”`),
    ]),
  ].join('\n')
}
