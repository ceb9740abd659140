/** Where an address leads, without what may be secret in it. */
export const hostOf = (address: string): string => URL.parse(address)?.host ?? ''
