/** The longest piece of a line that a text has. */
export function longestPiece(line: string, text: string): string {
  let longest = ''
  for (let from = 0; from + longest.length < line.length; from++)
    for (let to = from + longest.length + 1; to <= line.length; to++) {
      if (!text.includes(line.slice(from, to))) break
      longest = line.slice(from, to)
    }
  return longest
}
