import { existsSync } from 'node:fs'

/** Docker and Podman leave one of them. */
const CONTAINER = ['/.dockerenv', '/run/.containerenv']

export const isContained = (): boolean => CONTAINER.some((file) => existsSync(file))

/** `wence` is `deploy/systemd/wence`, for systemd and whoever runs it as that does. */
export type Caller = 'npm' | 'compose' | 'wence'

function callerHere(): Caller {
  if (process.env['npm_lifecycle_event']) return 'npm'
  return isContained() ? 'compose' : 'wence'
}

/** A command of ours as whoever runs this installation types it. */
export function called(name: string, given = '', caller: Caller = callerHere()): string {
  const command = {
    npm: `npm run ${name}${given && ' --'}`,
    compose: COMPOSED.get(name) ?? `docker compose run --rm bot src/cli/${name}.ts`,
    wence: `wence ${name}`,
  }[caller]
  return given ? `${command} ${given}` : command
}

/** The doctor looks at the ports of the container it is in; only one sees the folder of backups. */
const COMPOSED: ReadonlyMap<string, string> = new Map([
  ['doctor', 'docker compose exec bot node src/cli/doctor.ts'],
  ['backup', 'docker compose run --rm backup src/cli/backup.ts'],
])
