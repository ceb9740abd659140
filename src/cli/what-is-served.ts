import type { Config } from '../config.ts'

type Served = readonly [what: string, setting: string, isServed: (config: Config) => boolean]

/** What a setting opens to others, and which. */
const BY_SETTING: readonly Served[] = [
  ['pages for readers', 'PUBLIC_URL', (c) => c.PUBLIC_URL !== undefined || c.WEB_CHAT],
  ['the desk at /desk', 'DESK_TOKEN', (c) => c.DESK_TOKEN !== undefined],
  ['the API at /api', 'API_TOKEN', (c) => c.API_TOKEN !== undefined],
  ['the chat at /chat', 'WEB_CHAT', (c) => c.WEB_CHAT],
]

/** A sentence of what these settings serve at a port, and what not, for which setting. */
export function whatIsServed(config: Config, port: number): string {
  const served = BY_SETTING.filter(([, , isServed]) => isServed(config)).map(([what]) => what)
  const not = BY_SETTING.filter(([, , isServed]) => !isServed(config)).map(
    ([what, setting]) => `${what} (${setting} is not set)`,
  )
  const { LISTEN_ADDRESS: host } = config
  const all = ['/healthz, /readyz and /metrics', ...served].join(', ')
  return (
    [
      `http://${host ?? '127.0.0.1'}:${port} serves ${all}`,
      ...(not.length > 0 ? [`not ${not.join(', ')}`] : []),
      ...(host === undefined
        ? ['at all addresses of this machine (LISTEN_ADDRESS is not set)']
        : []),
    ].join('; ') + '.'
  )
}
