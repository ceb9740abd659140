import { setImmediate as allAsked } from 'node:timers/promises'

/** Answers for single ids out of one request for all that are asked for at the same time. */
export function together<T>(
  ask: (ids: readonly string[]) => Promise<ReadonlyMap<string, T>>,
): (id: string) => Promise<T | undefined> {
  let next:
    | { readonly ids: Set<string>; readonly answer: Promise<ReadonlyMap<string, T>> }
    | undefined

  return async function one(id) {
    next ??= begin()
    next.ids.add(id)
    return (await next.answer).get(id)
  }

  function begin() {
    const ids = new Set<string>()
    const answer = allAsked().then(() => {
      next = undefined
      return ask([...ids])
    })
    return { ids, answer }
  }
}
