import { fileURLToPath } from 'node:url'

/** The pages that come with the project: what is read where nothing else is. */
export const SEEDS = fileURLToPath(new URL('../../seeds', import.meta.url))
