/** What a command told last on stderr, so that it does not end with the same sentence again. */
let last: string | undefined

export function tell(line: string): void {
  last = line
  console.error(line)
}

export const wasToldLast = (line: string): boolean => line === last
