import { setImmediate as nextTurn } from 'node:timers/promises'

/**
 * A store that answers as one over a network does: no call has any effect before the next turn, and those
 * of others come in between. What one process asks is done in the order in which it asked.
 */
export function late<Store extends object>(store: Store): Store {
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = (call: () => unknown) => {
    const done = last.then(() => nextTurn()).then(call)
    last = done.catch(() => {})
    return done
  }
  const wrapped = <T extends object>(of: T): T =>
    new Proxy(of, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name)
        if (typeof value === 'function')
          return (...args: unknown[]) => inTurn(() => Reflect.apply(value, target, args))
        return typeof value === 'object' && value !== null ? wrapped(value) : value
      },
    })
  return wrapped(store)
}
