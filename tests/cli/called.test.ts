import { expect, test } from 'vitest'
import { called } from '../../src/cli/called.ts'

test.each([
  ['npm', 'npm run ingest -- --remove a', 'npm run doctor'],
  [
    'compose',
    'docker compose run --rm bot src/cli/ingest.ts --remove a',
    'docker compose exec bot node src/cli/doctor.ts',
  ],
  ['wence', 'wence ingest --remove a', 'wence doctor'],
] as const)('by %s', (caller, ingest, doctor) => {
  expect(called('ingest', '--remove a', caller)).toBe(ingest)
  expect(called('doctor', '', caller)).toBe(doctor)
})

test('in a container a backup goes where its folder is', () =>
  expect(called('backup', '--keep 7 /backups', 'compose')).toBe(
    'docker compose run --rm backup src/cli/backup.ts --keep 7 /backups',
  ))
