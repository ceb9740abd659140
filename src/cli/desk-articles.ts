import type { Config } from '../config.ts'
import { type Readers, openReaders } from '../ingest/reading/open-readers.ts'
import type { FileToRead } from '../ingest/reading/tasks.ts'
import type { Logger } from '../log.ts'
import type { PassageIndex } from '../retrieval/passage-index.ts'
import { openDeskSources } from './desk-sources.ts'
import { openDeskUploads } from './desk-uploads.ts'
import { openIngest } from './run-ingest.ts'

export interface DeskArticlesDeps {
  readonly config: Config
  readonly index: PassageIndex
  readonly log: Logger
}

/** What the room of articles works with: sources as they were read, files handed in, and what reads. */
export function openArticles({ config, index, log }: DeskArticlesDeps) {
  let opened: Readers<'explanation'> | undefined
  // A process that waits holds its memory: nobody may ever look.
  const readers = {
    read: (file: FileToRead) => (opened ??= openReaders('explanation', { size: 1 })).read(file),
    close: () => opened?.close(),
  }
  const { ingest, close: closeIngest } = openIngest(config)
  const { sources, ledger, close } = openDeskSources({ config, index, readers, ingest, log })
  return {
    deps: { sources, uploads: openDeskUploads({ config, ledger, readers, ingest, log }) },
    close() {
      readers.close()
      closeIngest()
      close()
    },
  }
}
