import type { Passage } from '../../corpus.ts'
import type { Evidenced } from '../verify/draft.ts'
import { quoteOf } from './clip.ts'
import type { Chosen } from './chosen.ts'

/** Asks which articles, not only what they say. */
export const ASKS_WHICH =
  /哪几?[篇条]|哪些(?:报道|文章|材料|稿|报告)|[几多少][篇条](?:报道|文章|稿)/u

/** A chosen sentence as a statement: what is quoted of it, under its headline where that was asked for. */
export function statement(
  chosen: Chosen,
  { several, titled }: { readonly several: boolean; readonly titled: boolean },
  labelOf: (passage: Passage) => number,
): Evidenced {
  const { passage } = chosen.candidate
  const quote = quoteOf(chosen, several && !titled)
  // A figure in a headline would have to stand in the quote.
  const title =
    titled && passage.headline && !/\d/u.test(passage.headline) ? `《${passage.headline}》：` : ''
  return { text: title + tidy(quote), evidence: [{ label: labelOf(passage), quote }] }
}

/** Quoted words as a person reads them: without a dangling mark at the ends. */
function tidy(text: string): string {
  const plain = text
    .trim()
    // The lead says who reports; the source line does, too.
    .replace(/^本报讯\s*(?:[（(][^）)\n]{0,40}[）)])?\s*/u, '')
    .replace(/^[，。；、：”’）)\-—─■●·\s]+/u, '')
    .replace(/[，；、：,;:\-—─\s]+$/u, '。')
  const [open, close] = [plain.match(/“/gu)?.length ?? 0, plain.match(/”/gu)?.length ?? 0]
  if (close > open) return plain.replace(/”(?=[^”]*$)/u, '')
  if (open > close) return plain.replace(/^[^“]{0,2}“/u, '')
  return (plain.match(/"/gu)?.length ?? 0) % 2 === 1 ? plain.replace(/^"|"$/u, '') : plain
}
