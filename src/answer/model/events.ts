/**
 * What the body of a completion says, value by value: each `data:` of an event stream, or the one value
 * of a body that is plain JSON, whatever its head calls it. Anything else, as a web page, says nothing.
 * Gives at the end whether the stream said that it was one. @throws SyntaxError at what is no JSON.
 */
export async function* eventsOf(pieces: AsyncIterable<string>): AsyncGenerator<unknown, boolean> {
  let isDocument: boolean | undefined
  let text = ''
  for await (const piece of pieces) {
    text += piece
    if (isDocument === undefined && /\S/u.test(piece)) isDocument = /^\s*[[{]/u.test(text)
    // A line may come in crumbs, and without end.
    if (isDocument !== false || !piece.includes('\n')) continue
    const lines = text.split('\n')
    text = lines.pop()!
    for (const line of lines) {
      const data = dataIn(line)
      if (data === DONE) return true
      if (data) yield JSON.parse(data)
    }
  }
  const data = isDocument ? text : dataIn(text)
  if (data === DONE) return true
  if (data) yield JSON.parse(data)
  return false
}

const DONE = '[DONE]'

/** The rest of a line that begins so; comments and other fields are none. */
const dataIn = (line: string) => /^data:(.*)$/su.exec(line)?.[1]?.trim()
