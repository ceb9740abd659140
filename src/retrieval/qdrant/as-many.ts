import { mostAllowed } from './failure.ts'

/** Asks for so many points at once; a server in strict mode that allows fewer, for those. */
export async function asMany<T>(limit: number, ask: (limit: number) => Promise<T>): Promise<T> {
  try {
    return await ask(limit)
  } catch (error) {
    const most = mostAllowed(error)
    if (most === undefined || most >= limit) throw error
    return ask(most)
  }
}
