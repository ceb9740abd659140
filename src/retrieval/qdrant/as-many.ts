import { type Limited, mostAllowed } from './failure.ts'

/** Asks for, or with, so many at once; a server in strict mode that allows fewer, for those. */
export async function asMany<T>(
  what: Limited,
  many: number,
  ask: (many: number) => Promise<T>,
): Promise<T> {
  try {
    return await ask(many)
  } catch (error) {
    const most = mostAllowed(error, what)
    if (most === undefined || most >= many) throw error
    return ask(most)
  }
}

/** The same in parts of so many, one after the other, none of which has more. */
export function inParts<T, R>(
  what: Limited,
  all: readonly T[],
  ask: (part: readonly T[]) => Promise<readonly R[]>,
): Promise<R[]> {
  return asMany(what, all.length, async (many) => {
    const answers: R[] = []
    for (let i = 0; i < all.length; i += many) answers.push(...(await ask(all.slice(i, i + many))))
    return answers
  })
}
