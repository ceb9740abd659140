/** Random secrets of an installation: the salt of people's names, the keys that cookies are signed with. */
export interface Secrets {
  /** The secret of a name, made at its first use and the same ever after, for every process. */
  readonly secret: (name: string) => Promise<string>
}
