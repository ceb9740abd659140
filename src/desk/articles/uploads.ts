import type { Asked } from '../../explanation.ts'
import type { Look } from './sources.ts'

/** Files that staff handed in, each waiting to be taken in or thrown away. */
export interface Uploads {
  list(): Promise<readonly Upload[]>
  /**
   * Keeps a file until somebody decides, for a day at most. Its name is made safe, and no other source's.
   * @throws UploadsFull when too much waits already.
   */
  keep(file: File): Promise<Upload>
  find(id: string): Promise<Upload | undefined>
  /** How it is read, and what ingest would make of it. */
  look(upload: Upload, asked: Asked): Promise<UploadLook>
  /** Takes it in for good: its name as a source, or why not; then it waits on. */
  take(upload: Upload): Promise<{ readonly source: string } | { readonly fault: string }>
  drop(upload: Upload): Promise<void>
}

/** So much may be handed in at once. */
export const MOST_MEGABYTES = 50

export class UploadsFull extends Error {}

export interface Upload {
  readonly id: string
  readonly name: string
  /** In bytes. */
  readonly size: number
  /** Milliseconds since 1970. */
  readonly at: number
}

export interface UploadLook extends Pick<Look, 'explanation'> {
  /** What ingest would say; the fault is why it would refuse it, in English. */
  readonly would:
    | { readonly fault: string }
    | {
        readonly fault: null
        readonly articles: number
        readonly passages: number
        /** Articles that another source prints already. */
        readonly reprints: number
        readonly problems: readonly string[]
      }
}
