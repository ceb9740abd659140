const UNITS = ['B', 'kB', 'MB', 'GB', 'TB']

/** A number of bytes as it is said: 12 MB, 1.5 GB. */
export function sizeText(bytes: number): string {
  const at = Math.max(0, Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes || 1) / 3)))
  const size = bytes / 1000 ** at
  return `${size < 10 && at > 0 ? size.toFixed(1) : Math.round(size)} ${UNITS[at]}`
}
