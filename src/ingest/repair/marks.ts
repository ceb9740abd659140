/** Which characters of a text are symbols (1); what one rule marked, the next one sees. */
export type Marks = Uint8Array<ArrayBuffer>
