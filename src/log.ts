import { type Logger, destination, pino } from 'pino'

export type { Logger }

/** So many bytes wait for room on a full disk; what comes then is lost. */
const WAITING_BYTES = 1_000_000

/** One JSON line an event on stderr, so that results on stdout stay clean. Secrets are named here once and never printed. */
export function createLog(level: string): Logger {
  const secret = ['token', 'apiKey', 'api_key', 'authorization', 'secret', 'password']
  const lines = destination({ fd: 2, sync: true, maxLength: WAITING_BYTES })
  // A line that cannot be written ends nothing; it is tried again with the next.
  lines.on('error', () => {})
  return pino(
    { level, base: null, redact: secret.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]) },
    lines,
  )
}
