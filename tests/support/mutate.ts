import { oneOf } from './seeded-random.ts'

/** Ways of altering a cut so that it says what nobody printed. */
export const MUTATIONS = ['letter', 'figure', 'swap', 'halve', 'unpair', 'add'] as const
export type Mutation = (typeof MUTATIONS)[number]

const WORDS = ['全部', '不', '已经', '约', '有望', '可以', '仅', '非常']

/** Alters a cut in one place; nothing where none of the ways applies. */
export function mutate(
  text: string,
  random: () => number,
  ways: readonly Mutation[] = MUTATIONS,
): { readonly text: string; readonly mutation: Mutation } | null {
  const left = [...ways]
  while (left.length > 0) {
    const mutation = oneOf(left, random)
    const altered = alter[mutation](text, random)
    if (altered !== null && altered !== text) return { text: altered, mutation }
    left.splice(left.indexOf(mutation), 1)
  }
  return null
}

const alter: Readonly<Record<Mutation, (text: string, random: () => number) => string | null>> = {
  letter: (text, random) =>
    replaced(text, /\p{Script=Han}/gu, () => oneOf(Array.from(text), random), random),
  figure: (text, random) =>
    replaced(
      text,
      /\d/gu,
      (digit) => String((Number(digit) + 1 + Math.floor(random() * 8)) % 10),
      random,
    ),
  swap(text, random) {
    const [end, parts] = pieces(text)
    if (parts.length < 2) return null
    const at = Math.floor(random() * (parts.length - 1))
    return parts.toSpliced(at, 2, parts[at + 1]!, parts[at]!).join('，') + end
  },
  halve(text, random) {
    const [end, parts] = pieces(text)
    const at = Math.floor(random() * parts.length)
    const letters = Array.from(parts[at]!)
    if (letters.length < 2) return null
    const cut = 1 + Math.floor(random() * (letters.length - 1))
    const half = random() < 0.5 ? letters.slice(cut) : letters.slice(0, cut)
    return parts.with(at, half.join('')).join('，') + end
  },
  unpair: (text, random) => replaced(text, /[“”（）《》]/gu, () => '', random),
  add(text, random) {
    const letters = Array.from(text)
    const at = Math.floor(random() * letters.length)
    return letters.toSpliced(at, 0, oneOf(WORDS, random)).join('')
  },
}

function pieces(text: string): [end: string, pieces: string[]] {
  const end = text.endsWith('。') ? '。' : ''
  return [end, text.slice(0, text.length - end.length).split('，')]
}

function replaced(
  text: string,
  pattern: RegExp,
  by: (found: string) => string,
  random: () => number,
): string | null {
  const found = [...text.matchAll(pattern)]
  if (found.length === 0) return null
  const { index, 0: printed } = oneOf(found, random)
  return text.slice(0, index) + by(printed) + text.slice(index + printed.length)
}
