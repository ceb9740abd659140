/** Makes the clock of this process wrong by as many milliseconds as `shift` says each time it is read. */
export function shiftDate(shift: () => number): void {
  const Right = Date
  globalThis.Date = new Proxy(Right, {
    construct: (target, given: [], newTarget) =>
      Reflect.construct(target, given.length === 0 ? [Right.now() + shift()] : given, newTarget),
    get: (target, name, receiver) =>
      name === 'now' ? () => Right.now() + shift() : Reflect.get(target, name, receiver),
  })
}
