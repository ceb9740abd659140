import { z } from 'zod'

/** All files of a backup stand in one folder, so that unpacking it by hand makes one. */
export const ROOT = 'wence-backup/'
/** The last file of a backup: what was cut off has none. */
export const MANIFEST = `${ROOT}manifest.json`
/** Below it what lay in the data directory, as it lay there. */
export const STATE = `${ROOT}state/`
/** Below it files that were read and lie elsewhere, by where that is. */
export const ORIGINALS = `${ROOT}originals/`

/** Goes up when a backup is written otherwise. */
export const FORMAT = 1

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/u)

/** What a backup says of itself. */
export const Manifest = z.object({
  format: z.int().positive(),
  /** Of the program that took it. */
  version: z.string(),
  /** When it was begun, as ISO 8601. */
  takenAt: z.iso.datetime(),
  dataDirectory: z.string(),
  /** By their names in the data directory: what each says its version is, and how many rows its tables have. */
  databases: z.record(
    z.string(),
    z.object({ version: z.int(), rows: z.record(z.string(), z.int()) }),
  ),
  files: z.array(z.object({ name: z.string(), size: z.int(), sha256: Sha256 })).readonly(),
  /** Where each file below ORIGINALS lay. */
  originals: z.record(z.string(), z.string()),
  /** Files that were read once and were no longer there to be taken along. */
  missing: z.array(z.string()).readonly(),
})
export type Manifest = z.infer<typeof Manifest>
