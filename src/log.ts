import { type Logger, destination, pino } from 'pino'

export type { Logger }

/** One JSON line an event on stderr, so that results on stdout stay clean. Secrets are named here once and never printed. */
export function createLog(level: string): Logger {
  const secret = ['token', 'apiKey', 'api_key', 'authorization', 'secret', 'password']
  return pino(
    { level, base: null, redact: secret.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]) },
    destination({ fd: 2, sync: true }),
  )
}
