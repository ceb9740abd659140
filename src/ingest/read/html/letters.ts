/** How many characters an element says, white space not counted. */
export const lettersIn = (element: Element | null): number =>
  (element?.textContent ?? '').replaceAll(/\s/g, '').length

/** Words as they are compared: one width, no white space. */
export const fold = (text: string): string => text.normalize('NFKC').replaceAll(/\s/g, '')

/** The letters of an element that no link carries: what it says itself. */
export function proseIn(element: Element): number {
  if (element.closest('a')) return 0
  let linked = 0
  for (const link of element.querySelectorAll('a')) linked += lettersIn(link)
  return lettersIn(element) - linked
}
