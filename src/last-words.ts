/** Why a program ends: on stderr, or as whoever writes its log says it. */
const onStderr = (why: string): void => void process.stderr.write(`${why}\n`)
let say = onStderr

export const sayLast = (why: string): void => say(why)

export function sayLastBy(other: typeof say = onStderr): void {
  say = other
}
