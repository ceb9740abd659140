import { readdirSync, writeFileSync } from 'node:fs'
import { UsageError, bareCommand } from '../../src/cli/command.ts'
import type { Attack } from './attack.ts'

const usage = `npm run attack [-- NAME…]   attacks the product and says what it kept of its promises

  --share N     so much of each attack, as in 0.1 (1)
  --json FILE   what was measured, as JSON, into a file`

const options = { share: { type: 'string', default: '1' }, json: { type: 'string' } } as const

await bareCommand({ usage, options, allowPositionals: true }, async ({ values, positionals }) => {
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
    throw new UsageError(`No attack is called ${unknown.join(', ')}; there are ${names}.`)
  }
  const share = Number(values.share)
  if (!(share > 0)) throw new UsageError('--share takes a number above 0, as in 0.1.')

  const results = []
  for (const attack of attacks) {
    if (positionals.length > 0 && !positionals.includes(attack.name)) continue
    console.log(`\n${attack.name}: ${attack.does}\n  promised: ${attack.promises}`)
    const started = performance.now()
    const measured = await attack.run({
      share,
      say: (line) => console.log(`  ${line}`),
    })
    for (const { what, value, kept } of measured)
      console.log(`  ${kept === undefined ? ' ' : kept ? '✓' : '✗'} ${what}: ${value}`)
    results.push({ name: attack.name, seconds: (performance.now() - started) / 1000, measured })
  }
  if (values.json !== undefined) writeFileSync(values.json, JSON.stringify(results, null, 2))

  const broken = results.flatMap(({ measured }) => measured).filter(({ kept }) => kept === false)
  console.log(`\n${results.length} attacks, ${broken.length} promises broken`)
  return broken.length > 0 ? 1 : 0
})
