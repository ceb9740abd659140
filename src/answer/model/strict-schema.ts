import { z } from 'zod'

/** A zod schema as JSON schema, as strict endpoints want it: every property required, no bounds of numbers. */
export function strictSchema(schema: z.ZodType): Record<string, unknown> {
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    override: ({ jsonSchema }) => {
      delete jsonSchema.minimum
      delete jsonSchema.maximum
    },
  })
  return json
}
