/** How a correction opens: it says nothing but that the question is wrong. */
const OPENING =
  /^(?:不对|不是的|并非如此|不准确|(?:这(?:个|种|一)?)?(?:说法|提法|数字)(?:有误|不对|不准确))[，,：:。；;]\s*/u

/** Parts a correction into its opening and what it says; the opening is empty where there is none. */
export function partCorrection(text: string): { readonly opening: string; readonly says: string } {
  const opening = OPENING.exec(text)?.[0] ?? ''
  return { opening, says: text.slice(opening.length) }
}
