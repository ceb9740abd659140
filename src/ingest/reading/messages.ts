import type { Limits } from '../read/limits.ts'
import type { FileToRead, Read, Task } from './tasks.ts'

/** What is said between a process that reads and the one that asked it to. */

/** What a process is started for. */
export interface Start {
  readonly task: Task
  readonly limits: Limits
  /** Where staff's words are. */
  readonly words: string | undefined
}

/** Something of a file, in its order: what a text gave, or what could not be read, in a sentence. */
export type Item<T extends Task> = { readonly read: Read<T> } | { readonly problem: string }

export type ToReader =
  | { readonly file: FileToRead }
  /** A message was taken: one more may be sent. */
  | { readonly taken: true }

export type FromReader<T extends Task> =
  | { readonly items: readonly Item<T>[] }
  /** The file is read, or failed for a reason; whether the process is fit to read another. */
  | { readonly done: true; readonly failed?: string; readonly isFit: boolean }

/** So many messages lie ready before the reader waits for whoever takes them. */
export const AHEAD = 4

/** A process that had to end says why on stderr; V8 has the first words for its own heap. */
export const LAST_WORDS = { memory: 'out of memory', time: 'out of time' } as const
