/** Each database that is brought forward, with all tables that any room of the program makes in it. */
import type { DatabaseSync } from 'node:sqlite'
import { createArticleReferences } from '../../src/bot/article-references.ts'
import { createInbox } from '../../src/bot/updates/inbox.ts'
import { createQuestions } from '../../src/bot/incoming/questions.ts'
import { openDeskDatabase } from '../../src/desk/desk-database.ts'
import { createJudgedStore } from '../../src/desk/judged/judged-store.ts'
import { createRunStore } from '../../src/desk/judged/run-store.ts'
import { createWordsStore } from '../../src/desk/words/words-store.ts'
import { openLedger } from '../../src/ingest/ledger.ts'
import { openVectorStore } from '../../src/retrieval/vector-store.ts'
import { openState } from '../../src/stores/sqlite/open-state.ts'
import { openStateDatabase } from '../../src/stores/sqlite/state-database.ts'

function inAllRooms(db: DatabaseSync, ...rooms: readonly ((db: DatabaseSync) => unknown)[]): void {
  for (const room of rooms) room(db)
  db.close()
}

/** What opens a file of each name, and closes it again. */
export const DATABASES: Readonly<Record<string, (file: string) => void | Promise<void>>> = {
  async conversations(file) {
    await (await openState(file, { keepQuestions: true })).close()
    inAllRooms(
      openStateDatabase(file),
      (db) => createInbox(db, 1),
      createQuestions,
      createArticleReferences,
    )
  },
  desk: (file) =>
    inAllRooms(
      openDeskDatabase(file),
      (db) => createJudgedStore(db, 0),
      createRunStore,
      (db) => createWordsStore(db, { folder: '' }),
    ),
  ingest: (file) => openLedger(file, null).close(),
  vectors: (file) => openVectorStore(file).close(),
}
