/** Counts up with every change of what is read from the same bytes, so that all is read anew. */
export const READER_VERSION = '7'
