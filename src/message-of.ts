import { z } from 'zod'
import { faultIn } from './parse-json.ts'

/** What went wrong, in the words of whatever was thrown; of a validator in ours. */
export const messageOf = (error: unknown): string => {
  if (error instanceof z.ZodError) return faultIn(error)
  return error instanceof Error ? error.message : String(error)
}
