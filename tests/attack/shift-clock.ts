/** Loaded before a program: its clock is wrong by as many milliseconds as a file says, which may change any time. */
import { readFileSync } from 'node:fs'
import { shiftDate } from '../support/shift-date.ts'

const file = process.env['SHIFTED_CLOCK'] ?? ''
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
shiftDate(() => shift)
