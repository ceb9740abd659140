import type { Check, Finding } from '../../src/cli/doctor/check.ts'
import { parseConfig } from '../../src/config.ts'
import { tempFolder } from './temp.ts'

export interface Given {
  readonly settings?: Readonly<Record<string, string>>
  readonly offline?: boolean
  readonly seconds?: number
}

/** What a check finds with these settings, over an empty data directory where they name none. */
export async function lookWith(
  { look }: Check,
  { settings = {}, offline = false, seconds = 60 }: Given = {},
): Promise<readonly Finding[]> {
  const env = { WENCE_DATA_DIR: tempFolder(), ...settings }
  const patient = { config: parseConfig(env), env, notices: [], faults: [] }
  const signal = AbortSignal.timeout(seconds * 1_000)
  return look({ patient, offline, seconds, signal })
}

/** Which sentences were said, in their order. */
export const idsOf = (findings: readonly Finding[]): string[] => findings.map(({ id }) => id)

/** What the sentence with an id says. */
export const textOf = (findings: readonly Finding[], id: string): string | undefined =>
  findings.find((finding) => finding.id === id)?.text
