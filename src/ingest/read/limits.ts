/**
 * What a reading may take; what exceeds it fails alone, with a sentence. Measured on one core of a
 * server of 2024; figures behind "of" are what honest files took.
 */
export interface Limits {
  /** Megabytes of a file that is read at once: all but .jsonl. */
  readonly fileMb: number
  /** Megabytes of a .jsonl, which is read line by line; of a line so many as of a file. 20,000 articles of 2 KB have 45. */
  readonly dataMb: number
  /** Megabytes of a .docx, unpacked: a book of 1,000 pages has 20. */
  readonly documentMb: number
  /** Megabytes of an .xlsx, unpacked: 20,000 articles of 2 KB have 45. */
  readonly tableMb: number
  /** Million characters of one text: a book of 1,000 pages has 1. */
  readonly textMillions: number
  /** Elements of a page in one another; what lies deeper is read as lying here. A page of old tables has 40. */
  readonly depth: number
  /** Pages of a PDF: a yearbook has 1,000. */
  readonly pages: number
  /** Seconds of one core for a file, or for each of its megabytes if that is more: of 0.2 for a table, 1.4 for a newspaper. */
  readonly seconds: number
  readonly secondsPerMb: number
  /** Megabytes that the process holds in all: of 600 for a page of 15 MB. */
  readonly memoryMb: number
}

export const LIMITS: Limits = {
  fileMb: 50,
  dataMb: 2000,
  documentMb: 64,
  tableMb: 100,
  textMillions: 8,
  depth: 200,
  pages: 5000,
  seconds: 6,
  secondsPerMb: 2,
  memoryMb: 900,
}

export const MEGABYTE = 1024 * 1024
