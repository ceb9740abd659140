/** A row's seal is a checksum of its other columns, kept by SQLite itself whenever the row is written. */

/** The column definition of a seal over these columns, which must be all of a table. */
export const seal = (...columns: readonly string[]) =>
  `seal INTEGER NOT NULL AS (${crcOf(columns)}) STORED`

/** The condition that a row is as it was written. */
export const isSealed = (...columns: readonly string[]) => `seal IS ${crcOf(columns)}`

const crcOf = (columns: readonly string[]) => {
  const parts = columns.map((column) => `typeof(${column}) || ifnull(${column}, '')`)
  return `crc(CAST(${parts.join(` || char(31) || `)} AS BLOB))`
}
