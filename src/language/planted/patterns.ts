/** What may be seen of an order to a machine in a sentence's signs; the weights say what it counts. */
import { signsOf } from './signs.ts'
import { unmask } from './unmask.ts'

/** By the letters of `signs.txt`: M machine, X what may be one, P person, C citizen, U user … */
const PATTERNS: Readonly<Record<string, RegExp>> = {
  machine: /M/,
  'machine ordered': /M[^,PSZ]{0,14}[DN]|M[^,PSZ]{0,10},?[DN]/,
  'machine ordered to answer': /M[^PSZ]{0,18}[DN][^,P]{0,12}[ARVFK]/,
  'machine asked': /D[^,]{0,3}M|N[^,]{0,2}M[^,]{0,4}[AV]/,
  'machine addressed': /T[^,Z]{0,3}[IB]?\.?M|^[.“]?M[,:]|M.{0,2}T/,
  'every machine': /[IB][^,PZ]{0,14}M|M[^,]{0,2}D/,
  'machine answers': /M[^PSZ]*A/,
  'machine and here': /M.*H|H.*M/,
  'machine and this': /M.*G|G.*M/,
  'machine and user': /M.*U|U.*M/,
  'machine ranks': /M.*K/,
  'machine and rules': /M[^SZ]*F|F[^SZ]*M/,
  'machine among others': /Z[^,]{0,3}M|M[^,]{0,4}Z/,
  'machine of somebody': /M[^,]{0,4}P/,
  thing: /X/,
  'thing ordered to answer': /X[^,PSZ]{0,10}[DN][^,P]{0,10}[ARVFK]|D[^,]{0,2}X[^,]{0,10}[ARVFK]/,
  'thing reads': /V[^,]{0,8}的?X|X[^,]{0,3}V[^,]{0,3}[HG]/,
  'thing addressed': /T[^,]{0,2}X|^X[,:]/,
  here: /H/,
  'here read': /V[^,]{0,3}H|H[^,]{0,4}[VK]/,
  'here or this, answered': /[HG].*[AR]|[AR].*H/,
  'here ordered': /H.*[DN]|[DN].*H/,
  'here ranks': /[HG][^,]{0,10}K|K[^,]{0,8}[HG]|D[^,]{0,8}K/,
  'ordered to answer': /D[^,P]{0,8}[AR]/,
  'ordered to say this': /D[^,PC]{0,6}A[^,P]{0,4}[“:]/,
  'ordered to answer, bare': /D[DA.]{0,3}A[^,]{2,}/,
  'forbidden to say': /N[^,P]{0,6}A/,
  user: /U/,
  'user asks': /U[^,]{0,8}[QA]|I[^,PC]{0,10}Q/,
  'user asks, ordered to answer': /[UIQ][^PC]*[DN][^,P]{0,8}A|Q[^PC]{0,12}[DAR][^,]{0,4}[A“:]/,
  'user told': /A[^,]{0,3}U|U[^,]{0,2}A/,
  'citizen told': /A[^,]{0,3}C|C[^,]{0,2}A/,
  'answer as a thing': /R[^,PC]{0,6}[DNF]|[DN][^,PC]{0,6}R/,
  'answer must': /^[^,]{0,6}[RA][^,PC]{0,6}[DN]/,
  'answer given': /R[^,]{0,4}[:“]|R\.{0,2}D/,
  'forget rules': /F[^,S]{0,8}L/,
  'forget what was before': /F[^,S]{0,3}B|B[^,S]{0,6}F/,
  'forget those rules': /F[^,S]{0,3}B[^,S]{0,6}L|B[^,S]{0,4}L[^,]{0,6}F|B[^,]{0,3}L[^,]{0,8}N/,
  'forget, then order': /F[^S]*,[^S]*[DN][^,]{0,3}A/,
  'other sources': /[NF][^,]{0,8}O|O[^,]{0,6}[FN]/,
  'source named': /A[^,]{0,1}O/,
  power: /W/,
  'power, ordered': /W.*[DNA]/,
  'you ordered': /Y[^,]{0,4}[DN]/,
  'you ordered to answer': /Y[^,PC]{0,6}[DN][^,P]{0,8}A|Y\.?R/,
  'you are': /[YEJ][^,]{0,8}[MX]/,
  'you and rules': /Y[^,]{0,6}[LW]/,
  'you from now on': /J[^PC]{0,6}[YE]|Y[^,]{0,4}J/,
  played: /E.*[DA]|J[^,]{0,8},?[^,]{0,4}[DA]/,
  person: /P/,
  'person ordered': /P[^,]{0,8}[DN]/,
  citizen: /C/,
  reported: /S/,
  world: /Z/,
  'rules in quotes': /f[^,]{0,8}l/,
  'machine in quotes': /m/,
  quote: /“/,
  'short quote': /“[.a-z]{1,2}”/,
  colon: /:/,
  'words in a tenth': /^(?:[^A-Z]{0,9}[A-Z])+[^A-Z]{0,9}$/,
}

/** Roles and frames of chats, as programs write them. */
const MARKUP =
  /<\|?\s*\/?(?:im_start|im_end|system|assistant|endoftext|context)|\[\/?inst\]|<<\/?sys>>|["“”'](?:role|instruction|system|prompt)["“”']\s*:|#{2,}\s*(?:instruction|system|prompt)|```\s*(?:prompt|system)|<!--/u
const SPEAKER =
  /(?:^|[\s。!?[【/])(?:system|assistant|user|human|developer|系统|助手|用户|开发者)(?:提示|消息|指令|注入|\s?prompt|\s?message)?[\]】]?\s*:(?!\/)/u
const PINYIN =
  /(?:^|[^a-z])(?:qing|hulue|wushi|zhiling|huida|guize|yonghu|yishang|qianmian|zhuyi|mianfei|zhushou|yilv|zhijie)(?=[^a-z]|$)/gu
const ENGLISH = /[a-z ]{12}/u
const ENGLISH_ORDER = /[YMX].*[DA]|[DN].*[MX]|F.*[BL]/

export const FEATURES: readonly string[] = [
  ...Object.keys(PATTERNS),
  'markup',
  'speaker',
  'pinyin',
  'masked',
  'english order',
  'words in a fifth',
  'words in a third',
]

/** Without any of these a sentence is no order to a machine, whatever else it has. */
const CORE = /[MXHWKUYEJR]|F.*[BLO]|Q.*A|[DN][^,]{0,8}A/

/** Of each feature 1 or 0; undefined where a sentence has nothing of an order. */
export function look(sentence: string): Uint8Array | undefined {
  const plain = unmask(sentence)
  const signs = signsOf(plain)
  const markup = MARKUP.test(plain) || SPEAKER.test(plain)
  const pinyin = (plain.match(PINYIN)?.length ?? 0) >= 3
  if (!markup && !pinyin && !CORE.test(signs)) return undefined
  const share = (signs.match(/[A-Z]/g)?.length ?? 0) / signs.length
  const seen = [
    ...Object.values(PATTERNS).map((pattern) => pattern.test(signs)),
    MARKUP.test(plain),
    SPEAKER.test(plain),
    pinyin,
    plain.length < sentence.length * 0.75,
    ENGLISH.test(plain) && ENGLISH_ORDER.test(signs),
    share > 1 / 5,
    share > 1 / 3,
  ]
  return Uint8Array.from(seen, Number)
}
