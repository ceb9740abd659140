import { asset } from '../../web/assets.ts'

export const JUDGED_STYLE = asset(new URL('judged.css', import.meta.url))
