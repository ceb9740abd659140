const CLOSED = /[。！？!?…；;]["”'’』」）)\]】》]*$/u
const OPENER =
  /^(?:[“"‘']*(?:他们?|她们?|它们?|我们?|记者|这|该|此|据|近年来|近日|日前|目前|当前|如今|今年|去年|同时|随着|为了?|作为|针对|围绕|通过|根据|按照|在|从|自|对于?|由于|与此|其中|另外|原来|接下来|下一步|截至|有了|如果|不仅|只有|说起|谈起)|\d{4}年|\d{1,2}月)/u
const SHORT_OPENER =
  /^(?:原来|目前|今年|去年|其中|此外|同时|另外|如今|当前|对此|为此|近日|日前|然而|但是|而且|因此|所以|最后|首先|其次|再次|今后|那么|现在|当天|近年来)[，,]/u
const TAIL_NEEDS_MORE =
  /[，,、（(《“—－\-·的和与及或在把被将为以于从自向对等是有各该其这每据由至到并而且]$/u
/** Characters from a text's end in which a bracket that was not closed is looked for. */
const TAIL = 1000
const LEFT = '“‘《（([【〔『「'
const ANY_LEFT = /[“‘《（([【〔『「]/u
const RIGHT = '”’》）)]】〕』」'

/** Whether a text ends as a sentence does. */
export const isClosed = (text: string): boolean => CLOSED.test(text)

const CREDIT_AT_END =
  /[。！？”"]\s*(?:[（(][\p{Script=Han} 、]{2,24}[）)]|[■●]?\s*(?:本报)?(?:记者|通讯员)[\p{Script=Han} 、/／]{2,30})$/u

/** Whether a text ends as a sentence does, or with the names of who wrote it. */
export const isFinished = (text: string): boolean => isClosed(text) || CREDIT_AT_END.test(text)

/** Whether a text begins as new paragraphs of news often do. */
export const opensSentence = (text: string): boolean => OPENER.test(text)

const PARAGRAPH_OPENER =
  /^(?:他们|她们|与会|据悉|据了解|据介绍|据统计|记者了解到|近年来|(?:近日|日前|目前|此外|同时|接下来|下一步|今后|对此|为此|其中|另外|最后)[，,])/u

/** Whether a text begins with words that hardly ever stand inside a sentence. */
export const opensParagraph = (text: string): boolean => PARAGRAPH_OPENER.test(text)

/** Whether nothing but a continuation can stand so: one or two characters, then a comma or stop. */
export const opensWithRemainder = (text: string): boolean =>
  /^[^，,。；;、！？!?\s“"‘（(《]{0,2}[，,。；;、！？!?）)”》]/u.test(text) &&
  !SHORT_OPENER.test(text)

/** Whether a text ends where no sentence or title can. */
export const breaksOff = (text: string): boolean =>
  TAIL_NEEDS_MORE.test(text) || hasOpenBracket(text.slice(-TAIL))

/** Whether a quotation mark, book title mark or bracket was opened and not closed. */
export function hasOpenBracket(text: string): boolean {
  if (!ANY_LEFT.test(text)) return false
  const open: number[] = []
  for (const character of text) {
    const left = LEFT.indexOf(character)
    if (left >= 0) open.push(left)
    else if (RIGHT.includes(character)) open.pop()
  }
  return open.length > 0
}
