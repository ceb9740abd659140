/** Loaded before a program: its clock is wrong by as many milliseconds as a file says, which may change any time. */
import { readFileSync } from 'node:fs'

const file = process.env['SHIFTED_CLOCK'] ?? ''
const Right = Date
let shift = 0

const read = () => {
  try {
    shift = Number(readFileSync(file, 'utf8')) || 0
  } catch {
    shift = 0
  }
}
read()
setInterval(read, 20).unref()

globalThis.Date = new Proxy(Right, {
  construct: (target, given: [], newTarget) =>
    Reflect.construct(target, given.length === 0 ? [Right.now() + shift] : given, newTarget),
  get: (target, name, receiver) =>
    name === 'now' ? () => Right.now() + shift : Reflect.get(target, name, receiver),
})
