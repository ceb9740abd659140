import { statSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'

/** How large a database is, in KB, and how many rows each of its tables has. */
export function sizeOf(path: string): { kb: number; rows: Record<string, number> } {
  const db = new DatabaseSync(path, { readOnly: true })
  try {
    const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all()
    const rows = tables.map(({ name }) => {
      const counted = db.prepare(`SELECT count(*) n FROM "${String(name)}"`).get()
      return [String(name), Number(counted?.['n'])]
    })
    return { kb: Math.round(statSync(path).size / 1024), rows: Object.fromEntries(rows) }
  } finally {
    db.close()
  }
}
