import { type ParseArgsConfig, parseArgs } from 'node:util'
import { isHalfRestored } from '../backup/half-restored.ts'
import type { Config } from '../config.ts'
import { sayLast } from '../last-words.ts'
import { messageOf } from '../message-of.ts'
import { useProxy } from '../proxy.ts'
import { endBySignals } from '../stop-signal.ts'
import { doubtsOf } from './data-directory.ts'
import { readSettings } from './settings.ts'
import { wasToldLast } from './told.ts'

/** A command that was called wrongly: exit 2, with what is right. */
export class UsageError extends Error {}

type Options = NonNullable<ParseArgsConfig['options']>

type Parsed<T extends Options> = ReturnType<
  typeof parseArgs<{ options: T; allowPositionals: true; strict: true }>
>

interface Spec<T extends Options> {
  readonly usage: string
  readonly options: T
  /** Whether it takes anything but options. */
  readonly allowPositionals?: boolean
  /** Whether it is what finishes a restore that was broken off; all else waits for that. */
  readonly isRepair?: boolean
}

interface Given<T extends Options> {
  readonly values: Parsed<T>['values']
  readonly positionals: string[]
}

/** Runs a command, as `bareCommand` does, with the settings and the words that staff saved. */
export function command<const T extends Options>(
  spec: Spec<T>,
  run: (given: Given<T> & { readonly config: Config }) => Promise<number | void>,
): Promise<void> {
  return bareCommand(spec, async (given) => {
    const { config, notices } = readSettings()
    for (const notice of [...notices, ...doubtsOf(config.WENCE_DATA_DIR)]) console.error(notice)
    if (!spec.isRepair && isHalfRestored(config.WENCE_DATA_DIR))
      throw new Error(
        `${config.WENCE_DATA_DIR}: a restore was broken off here, or is under way; npm run restore finishes it.`,
      )
    useProxy(config)
    // Only now: what reads words takes a while to load.
    const { useSavedWords } = await import('./saved-words.ts')
    for (const fault of useSavedWords(config)) console.error(fault)
    return run({ ...given, config })
  })
}

/**
 * Runs a command the way all of ours behave: `--help` prints its usage; results go to stdout and
 * messages to stderr; exit 0 when it did its work, 1 when something failed, 2 when it was called
 * wrongly. `run` gives the exit code, or nothing for 0.
 */
export async function bareCommand<const T extends Options>(
  { usage, options, allowPositionals = false }: Spec<T>,
  run: (given: Given<T>) => Promise<number | void>,
): Promise<void> {
  endBySignals()
  // A reader that closes early (`| head`) is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') console.error(`The results cannot be written: ${error.message}`)
    process.exit(error.code === 'EPIPE' ? 0 : 1)
  })
  // Who reads no messages gets the results all the same.
  process.stderr.on('error', () => {})
  try {
    const args = process.argv.slice(2)
    if (args.includes('--help') || args.includes('-h')) {
      console.log(usage)
      return
    }
    process.exitCode = (await run(parse(args, options, allowPositionals))) ?? 0
  } catch (error) {
    const said = messageOf(error)
    if (!wasToldLast(said)) sayLast(said)
    if (error instanceof UsageError) console.error(`\n${usage}`)
    process.exitCode = error instanceof UsageError ? 2 : 1
  }
}

function parse<T extends Options>(args: string[], options: T, allowPositionals: boolean): Given<T> {
  const { values, positionals } = parsed(args, options, allowPositionals)
  if ('jsonl' in values && values.jsonl === true && positionals.length > 0)
    throw new UsageError(`--jsonl takes lines on stdin; what is ${positionals[0]} for?`)
  return { values, positionals }
}

function parsed<T extends Options>(args: string[], options: T, allowPositionals: boolean) {
  try {
    return parseArgs({ args, options, allowPositionals, strict: true })
  } catch (error) {
    throw new UsageError(messageOf(error).split('. ')[0])
  }
}
