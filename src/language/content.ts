import { fold } from './fold.ts'

/** Words that carry no content of their own: particles, pronouns, frames of reporting. */
const EMPTY_WORDS =
  /根据|按照|依据|报道|文章|原文|据悉|据介绍|介绍说|表示|介绍|指出|其中|此外|同时|目前|截至|一方面|另一方面|例如|比如|以及|并且|而且|因此|所以|如果|只要|就可以|就能|可以|能够|进行|开展|方面|情况|有关|相关|具体|分别|已经|共计|累计|达到|包括|通过|为了|对于|关于|由于|按|地|[的了着过是在和与及或等也都就又还而并把被对于为以从向到由其该此这那们吗呢吧啊个能可会要请您你他她它我]/gu

/** Pairs of neighbouring characters of a text's content, folded: what two texts share when they speak of the same. */
export function bigrams(text: string): Set<string> {
  const found = new Set<string>()
  for (const run of contentRuns(text)) {
    if (/^[a-z\d.%]+$/u.test(run)) found.add(run)
    else for (let i = 0; i + 2 <= run.length; i++) found.add(run.slice(i, i + 2))
  }
  return found
}

/** How many members of one set stand in the other. */
export function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let shared = 0
  for (const item of a) if (b.has(item)) shared++
  return shared
}

/** The stretches of a text's content, folded, parted by marks and empty words. */
function contentRuns(text: string): string[] {
  return fold(text)
    .text.replaceAll(EMPTY_WORDS, ' ')
    .split(/[^\p{L}\p{N}%.]+|(?<=\p{Script=Han})(?=[a-z\d])|(?<=[a-z\d%])(?=\p{Script=Han})/u)
    .map((run) => run.replace(/^\.+|(?<!\.)\.+$/g, ''))
    .filter(Boolean)
}
