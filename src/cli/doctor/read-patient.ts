import { WrongSettingsError } from '../../config.ts'
import { messageOf } from '../../message-of.ts'
import { useProxy } from '../../proxy.ts'
import { readSettings } from '../settings.ts'
import type { Patient } from './check.ts'

/** The settings as far as they can be read: one that is wrong counts as unset, and is told. */
export function readPatient(file = '.env', env = process.env): Patient {
  const faults: string[] = []
  for (let from = file; ;) {
    try {
      return { ...read(from, env, faults), env, faults }
    } catch (error) {
      const cause = error instanceof Error ? error.cause : undefined
      const wrong = cause instanceof WrongSettingsError ? cause.wrong : []
      const unset = wrong.filter(({ name }) => leaveOut(name, env))
      faults.push(...unset.map(({ name, why }) => `${name}: ${why}`))
      if (unset.length > 0) continue
      if (from === '') throw error
      faults.push(messageOf(error))
      // Without the file, which cannot be read.
      from = ''
    }
  }
}

function read(file: string, env: NodeJS.ProcessEnv, faults: string[]) {
  const { config, notices } = readSettings(file, env)
  try {
    useProxy(config)
  } catch (error) {
    faults.push(messageOf(error))
  }
  return { config, notices }
}

/** Unsets what may say a setting, so that its file is not asked either; whether anything did. */
function leaveOut(name: string, env: NodeJS.ProcessEnv): boolean {
  const said = [name, name.toLowerCase(), `${name}_FILE`].filter((one) => env[one])
  for (const one of said) env[one] = ''
  return said.length > 0
}
