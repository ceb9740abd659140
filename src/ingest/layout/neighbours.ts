/**
 * Which characters a page prints side by side within a line. Where a line breaks inside a phrase,
 * the page often has the same two characters side by side elsewhere; a headline's last character
 * and a body's first seldom are.
 */
export function neighbours(text: string): (left: string, right: string) => boolean {
  let pairs: Set<number> | undefined
  return (left, right) => {
    pairs ??= pairsOf(text)
    return pairs.has(pair(left.charCodeAt(left.length - 1), right.charCodeAt(0)))
  }
}

const pair = (left: number, right: number) => left * 0x10000 + right

const isHan = (code: number) => code >= 0x4e00 && code <= 0x9fff

function pairsOf(text: string): Set<number> {
  const pairs = new Set<number>()
  for (let i = 1; i < text.length; i++) {
    const [left, right] = [text.charCodeAt(i - 1), text.charCodeAt(i)]
    if (isHan(left) && isHan(right)) pairs.add(pair(left, right))
  }
  return pairs
}
