/**
 * Attacks the product and says what it kept of its promises:
 * `npm run attack [-- NAME…] [--share 0.1] [--json FILE]`.
 */
import { readdirSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { Attack } from './attack.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { share: { type: 'string', default: '1' }, json: { type: 'string' } },
})

const attacks: Attack[] = []
for (const file of readdirSync(new URL('suite/', import.meta.url)).toSorted()) {
  const { attack }: { attack: Attack } = await import(
    new URL(`suite/${file}`, import.meta.url).href
  )
  attacks.push(attack)
}
const unknown = positionals.filter((name) => !attacks.some((attack) => attack.name === name))
if (unknown.length > 0) {
  const names = attacks.map(({ name }) => name).join(', ')
  console.error(`No attack is called ${unknown.join(', ')}; there are ${names}.`)
  process.exit(2)
}

const results = []
for (const attack of attacks) {
  if (positionals.length > 0 && !positionals.includes(attack.name)) continue
  console.log(`\n${attack.name}: ${attack.does}\n  promised: ${attack.promises}`)
  const started = performance.now()
  const measured = await attack.run({
    share: Number(values.share),
    say: (line) => console.log(`  ${line}`),
  })
  for (const { what, value, kept } of measured)
    console.log(`  ${kept === undefined ? ' ' : kept ? '✓' : '✗'} ${what}: ${value}`)
  results.push({ name: attack.name, seconds: (performance.now() - started) / 1000, measured })
}
if (values.json !== undefined) writeFileSync(values.json, JSON.stringify(results, null, 2))

const broken = results.flatMap(({ measured }) => measured).filter(({ kept }) => kept === false)
console.log(`\n${results.length} attacks, ${broken.length} promises broken`)
process.exitCode = broken.length > 0 ? 1 : 0
