import { type DestinationStream, type Logger, destination, pino, stdTimeFunctions } from 'pino'
import { sayLastBy } from './last-words.ts'
import { served } from './served.ts'

export type { Logger }

/** So many bytes wait for room on a full disk; what comes then is lost. */
const WAITING_BYTES = 1_000_000

/**
 * One JSON line an event on stderr, so that results on stdout stay clean: `time`, `level` and `msg`, in what
 * is done for somebody `request` and `door`, and of an error `err` with its `type` and `message`. Secrets are
 * named here once and never printed.
 */
export function createLog(level: string, lines: DestinationStream = onStderr()): Logger {
  const secret = ['token', 'apiKey', 'api_key', 'authorization', 'secret', 'password']
  return pino(
    {
      level,
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (name) => ({ level: name }) },
      serializers: { err: shownError },
      mixin: () => ({ ...served() }),
      redact: secret.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]),
    },
    lines,
  )
}

/**
 * Makes what is written to stderr otherwise, by a command or a thread, lines of the log too. Why a command
 * ends is said in any case: a log that would not say it leaves stderr as it is.
 */
export function speakAsLog(log: Logger): void {
  if (!log.isLevelEnabled('warn')) return
  sayLastBy((why) => log.fatal(why))
  process.stderr.isTTY = false
  process.stderr.write = (said: string | Uint8Array): boolean => {
    for (const line of Buffer.from(said)
      .toString()
      .split(/[\r\n]+/u))
      if (line.trim()) log.warn(line)
    return true
  }
}

function onStderr(): DestinationStream {
  const lines = destination({ fd: 2, sync: true, maxLength: WAITING_BYTES })
  // A line that cannot be written ends nothing; it is tried again with the next.
  lines.on('error', () => {})
  return lines
}

/** Of what else an error carries nothing is known to be fit for a log: a request, a body, a key. */
function shownError(error: unknown): unknown {
  if (typeof error !== 'object' || error === null) return { type: 'Error', message: String(error) }
  const of = (name: string): unknown => Reflect.get(error, name)
  const cause = of('cause')
  return {
    type: of('name') ?? 'Error',
    message: of('message'),
    code: of('code'),
    method: of('method'),
    ...(cause !== undefined && { cause: shownError(cause) }),
    stack: of('stack'),
  }
}
