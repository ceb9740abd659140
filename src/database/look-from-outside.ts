/** Looks at the bytes of a file for a process that has a connection to it: `look-from-outside.ts LOOK FILE`. */
import { digestHere } from './digest.ts'
import { logDamageHere } from './write-ahead-log.ts'

const [, , name, file = ''] = process.argv
const looks = { digestHere, logDamageHere }
const look = Object.values(looks).find((one) => one.name === name)
if (!look) throw new Error(`No look is called ${name}`)
process.stdout.write(JSON.stringify({ found: look(file) }))
