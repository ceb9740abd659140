/** Secrets in files of their own, as Docker and systemd hand them over: NAME_FILE names the file. */
import { readFileSync } from 'node:fs'
import { SECRETS, type Wrong, WrongSettingsError, told, unquoted } from '../config.ts'
import { readingProblem } from '../ingest/find-files.ts'
import { decode } from '../ingest/read/decode.ts'
import { messageOf } from '../message-of.ts'

/** The setting that names the file of a secret. */
export const fileOf = (secret: string) => `${secret}_FILE`

/**
 * The secrets whose files an environment names, by setting.
 * @throws WrongSettingsError with a sentence for each that cannot be had: its setting and path, never what stands in it.
 */
export function readSecretFiles(env: NodeJS.ProcessEnv): Record<string, string> {
  const secrets: Record<string, string> = {}
  const faults: Wrong[] = []
  for (const name of SECRETS) {
    const setting = fileOf(name)
    const file = unquoted(env[setting])
    if (!file) continue
    try {
      if (unquoted(env[name])) throw new Error(`${name} is set, too; keep one of the two.`)
      secrets[name] = secretIn(file)
    } catch (error) {
      faults.push({ name: setting, why: messageOf(error) })
    }
  }
  if (faults.length > 0) throw new WrongSettingsError(told(faults, '\n'), faults)
  return secrets
}

function secretIn(file: string): string {
  const secret = decode(bytesOf(file), file).text.trim()
  if (/[\r\n]/u.test(secret))
    throw new Error(`${file}: the file has several lines; leave the secret alone in it.`)
  return secret
}

function bytesOf(file: string): Uint8Array {
  try {
    return readFileSync(file)
  } catch (error) {
    throw new Error(whyNot(file, error), { cause: error })
  }
}

function whyNot(file: string, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  // Docker makes one where a file that it should mount is missing.
  if (code === 'EISDIR') return `${file}: this is a folder; put a file there.`
  if (code === 'EACCES')
    return `${file}: user ${process.getuid?.()} may not read it; let a group of that user read it (chgrp, chmod 640), or give it to that user (chown).`
  return readingProblem(file, error)
}
