/** How a correction opens: it says nothing but that the question is wrong. */
const OPENING =
  /^(?:不对|不是的|并非如此|不准确|(?:这(?:个|种|一)?)?(?:说法|提法|数字)(?:有误|不对|不准确))[，,：:。；;]\s*/u

/** Parts a correction into its opening and what it says; the opening is empty where there is none. */
export function partCorrection(text: string): { readonly opening: string; readonly says: string } {
  const opening = OPENING.exec(text)?.[0] ?? ''
  return { opening, says: text.slice(opening.length) }
}

/** What a question ends with that wants something confirmed. */
const CONFIRM =
  /[，,、\s]*(?:对吧|对吗|对不对|没错吧?|是吧|是吗|是不是(?:真的)?|是?真的吗|属实吗|是这样吗|吧|吗)?[？?。！!]*$/u

/** What a question says, without the words that want it confirmed. */
export function claimIn(question: string): string {
  return question.replace(CONFIRM, '')
}
