/**
 * Runs a script on Node 24: `node with-node24.js SCRIPT [ARGUMENT…]`.
 *
 * The sources are TypeScript that Node 24 runs unbuilt, and a bare machine has an older Node. npm
 * installs Node 24 as a platform package; some npm versions link it into `node_modules/.bin`, where
 * npm's scripts find it first, and others do not when several platforms are listed. So it is looked
 * up here. Plain JavaScript, because an old Node has to read it.
 */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import * as modules from 'node:module'
import { constants } from 'node:os'
import { resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const NEEDED_MAJOR = 24
const inside = (path) => fileURLToPath(new URL(`node_modules/${path}`, import.meta.url))

if (Number(process.versions.node.split('.')[0]) >= NEEDED_MAJOR) await runHere()
else runOn(installedNode())

async function runHere() {
  modules.enableCompileCache?.(inside('.cache/node'))
  // Threads and processes that are started from here look there.
  process.env.NODE_COMPILE_CACHE ??= inside('.cache/node')
  process.argv.splice(1, 1)
  process.argv[1] = resolve(process.argv[1])
  await import(pathToFileURL(process.argv[1]))
}

function installedNode() {
  const { platform, arch } = process
  const windows = platform === 'win32'
  return inside(`node-${windows ? 'win' : platform}-${arch}/bin/node${windows ? '.exe' : ''}`)
}

function runOn(node) {
  if (!existsSync(node)) {
    console.error(
      `This needs Node ${NEEDED_MAJOR} or newer, and here is ${process.version} without the Node that npm brings along: ` +
        'run `npm ci` without --omit=optional, or install Node 24.',
    )
    process.exit(1)
  }
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: 'inherit',
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => {
    console.error(`Cannot run ${node}: ${error.message}`)
    process.exit(1)
  })
  child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]))
}
