import { z } from 'zod'
import { ModelDraft } from '../verify/draft.ts'

/** The JSON schema `answer`, as strict endpoints want it: every property required, no bounds of numbers. */
export const ANSWER_SCHEMA = { name: 'answer', schema: strictSchema(ModelDraft) }

/** A zod schema as JSON schema. */
export function strictSchema(schema: z.ZodType): Record<string, unknown> {
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    override: ({ jsonSchema }) => {
      delete jsonSchema.minimum
      delete jsonSchema.maximum
    },
  })
  return json
}
