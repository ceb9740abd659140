import { type ParseArgsConfig, parseArgs } from 'node:util'
import { existsSync } from 'node:fs'
import { type Config, parseConfig } from '../config.ts'
import { messageOf } from '../message-of.ts'

/** A command that was called wrongly: exit 2, with what is right. */
export class UsageError extends Error {}

type Options = NonNullable<ParseArgsConfig['options']>

type Parsed<T extends Options> = ReturnType<
  typeof parseArgs<{ options: T; allowPositionals: true; strict: true }>
>

/**
 * Runs a command the way all of ours behave: `--help` prints its usage; results go to stdout and
 * messages to stderr; exit 0 when it did its work, 1 when something failed, 2 when it was called
 * wrongly. `run` gives the exit code, or nothing for 0.
 */
export async function command<const T extends Options>(
  { usage, options }: { usage: string; options: T },
  run: (given: {
    values: Parsed<T>['values']
    positionals: string[]
    config: Config
  }) => Promise<number | void>,
): Promise<void> {
  // A reader that closes early (`| head`) is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) =>
    process.exit(error.code === 'EPIPE' ? 0 : 1),
  )
  try {
    const args = process.argv.slice(2)
    if (args.includes('--help') || args.includes('-h')) {
      console.log(usage)
      return
    }
    const { values, positionals } = parse(args, options)
    const config = settings()
    // Only now: what reads words takes a while to load.
    const { useSavedWords } = await import('./saved-words.ts')
    for (const fault of useSavedWords(config)) console.error(fault)
    process.exitCode = (await run({ values, positionals, config })) ?? 0
  } catch (error) {
    console.error(messageOf(error))
    if (error instanceof UsageError) console.error(`\n${usage}`)
    process.exitCode = error instanceof UsageError ? 2 : 1
  }
}

/** The settings, from the environment and `.env`. */
export function settings(): Config {
  if (existsSync('.env')) process.loadEnvFile('.env')
  return parseConfig(process.env)
}

function parse<T extends Options>(args: string[], options: T) {
  try {
    return parseArgs({ args, options, allowPositionals: true, strict: true })
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message.split('. ')[0]! : String(error))
  }
}
