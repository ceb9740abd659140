/** What a look is, and what it finds. */
import type { Config } from '../../config.ts'

/** `look` is worth a look, `broken` keeps something from working. */
export type Level = 'fine' | 'look' | 'broken'

/** One sentence for whoever runs it. */
export interface Finding {
  /** Names the sentence, whatever it says this time: for programs, and for docs/operate.md. */
  readonly id: string
  readonly level: Level
  readonly text: string
  /** What to do. */
  readonly todo?: string
}

/** What is looked at: the settings, and what was wrong with them. */
export interface Patient {
  readonly config: Config
  readonly env: NodeJS.ProcessEnv
  /** What of the settings may be meant otherwise, and what is wrong and counts as unset, a sentence each. */
  readonly notices: readonly string[]
  readonly faults: readonly string[]
}

export interface Look {
  readonly patient: Patient
  /** Whether nothing but this machine is asked. */
  readonly offline: boolean
  /** How long it may take. */
  readonly seconds: number
  /** Aborted when the time is over: what was found until then is told. */
  readonly signal: AbortSignal
}

export interface Check {
  /** As it is told. */
  readonly name: string
  /** Does nothing but ask others. */
  readonly asks?: boolean
  /** Changes nothing. */
  readonly look: (look: Look) => Promise<readonly Finding[]> | readonly Finding[]
}

export const fine = (id: string, text: string): Finding => ({ id, level: 'fine', text })
export const look = (id: string, text: string, todo: string): Finding => ({
  id,
  level: 'look',
  text,
  todo,
})
export const broken = (id: string, text: string, todo: string): Finding => ({
  id,
  level: 'broken',
  text,
  todo,
})
