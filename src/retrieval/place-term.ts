/**
 * A passage's place as a term that no text has: so an index finds the passages of the place asked
 * about among the first, also where a hundred cities print the same words.
 */
export function placeTerm(name: string): string {
  return `@${name}`
}
