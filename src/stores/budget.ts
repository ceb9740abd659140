/** The calls of a model that all processes of an installation may make in a day, together. */
export interface Budget {
  /**
   * Counts one call on a day (YYYY-MM-DD); false, and nothing is counted, when `limit` were made on it
   * already, by whichever process.
   */
  readonly spend: (day: string, limit: number) => Promise<boolean>
  /** How many calls were counted on a day. */
  readonly spentOn: (day: string) => Promise<number>
}
