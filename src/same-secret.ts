import { createHash, timingSafeEqual } from 'node:crypto'

/** Compares secrets by digest, so that neither time nor length tells anything. */
export function sameSecret(given: string, secret: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(secret))
}
