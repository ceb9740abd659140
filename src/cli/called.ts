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

/** Where settings are written, and what starts what serves or what watches, for whoever runs this installation. */
export const INSTALLED: Readonly<
  Record<Caller, { readonly settings: string; readonly serve: string; readonly watch: string }>
> = {
  npm: { settings: '.env', serve: 'npm start', watch: 'npm run ingest -- --watch 文件夹' },
  compose: {
    settings: 'compose.yaml 旁边的 .env',
    serve: 'docker compose up -d',
    watch: 'docker compose up -d ingest',
  },
  wence: {
    settings: '/etc/wence/wence.env',
    serve: 'systemctl start wence-bot wence-web',
    watch: 'systemctl start wence-ingest',
  },
}
export const installed = () => INSTALLED[callerHere()]

/** The doctor looks at the ports of the container it is in; only one sees the folder of backups. */
const COMPOSED: ReadonlyMap<string, string> = new Map([
  ['doctor', 'docker compose exec bot node src/cli/doctor.ts'],
  ['backup', 'docker compose run --rm backup src/cli/backup.ts'],
])
