import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'

/** @throws HTTPException 400 when what was sent is no form. */
export function formDataOf(c: Context): Promise<FormData> {
  return c.req.formData().catch((cause: unknown) => {
    throw new HTTPException(400, { cause })
  })
}

/** The texts of a form that was sent, by the names of its fields: '' where one is missing or a file. */
export async function formOf(c: Context): Promise<(name: string) => string> {
  const form = await formDataOf(c)
  return (name) => {
    const value = form.get(name)
    return typeof value === 'string' ? value : ''
  }
}

/** The texts of a field that may stand in a form several times, in order; files are passed over. */
export async function textsOf(c: Context, name: string): Promise<string[]> {
  const values = (await formDataOf(c)).getAll(name)
  return values.filter((value) => typeof value === 'string')
}
