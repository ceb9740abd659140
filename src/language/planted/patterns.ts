/** What may be seen of an order to a machine in a sentence's signs; the weights say what it counts. */
import { signsOf } from './signs.ts'
import { isParted, unmask } from './unmask.ts'

/** By the letters of `signs.txt`: M machine, X what may be one, P person, C citizen, U user … */
const PATTERNS: Readonly<Record<string, RegExp>> = {
  machine: /M/,
  'machine asked': /M[^,PSZ2]{0,10},?[DN]|M[^,PSZ]{0,14}D|D[^,2]{0,3}M|N[^,]{0,2}M[^,]{0,4}[AV]/,
  'machine obliged': /M[^,PSZ]{0,14}2/,
  'machine asked to answer': /M[^PS2]{0,18}[DN][^,P]{0,12}[ARVFK]/,
  'machine obliged to answer': /M[^PS]{0,18}[2][^,P]{0,12}[ARVFK]/,
  'machine addressed': /T[^,Z]{0,3}[IB]?\.?M|^[.“]?M[,:]|M.{0,2}T/,
  'machine addressed at the head': /^[^,AD2P]{0,4}T[^,PSZ]{0,2}M[^,PSZ]{0,12}:/,
  'every machine': /[IB3][^,PZ]{0,14}M|M[^,]{0,2}[D3]/,
  'machine answers': /M[^PSZ]*A/,
  'machine and here': /M.*H|H.*M/,
  'machine and this': /M.*G|G.*M/,
  'machine and user': /M.*U|U.*M/,
  'machine ranks': /M.*K/,
  'machine and rules': /M[^SZ]*F|F[^SZ]*M/,
  'machine among others': /Z[^,]{0,3}M|M[^,]{0,4}Z/,
  'machine of somebody': /M[^,]{0,4}P/,
  thing: /X/,
  'thing asked': /X[^,PSZ]{0,2}[DN]/,
  'thing asked to answer': /X[^,PSZ]{0,10}[DN][^,P]{0,10}[ARVFK]|D[^,]{0,2}X[^,]{0,10}[ARVFK]/,
  'thing obliged to answer': /X[^,PSZ]{0,10}2[^,P]{0,10}[ARVFK]/,
  'thing reads': /V[^,]{0,8}X|X[^,]{0,3}V[^,]{0,3}[HG]/,
  'thing addressed': /T[^,]{0,2}X|^X[,:]/,
  here: /H/,
  'here read': /V[^,]{0,3}H|H[^,]{0,4}[VK]/,
  'here answered': /H.*[AR]|[AR].*H/,
  'here ordered': /H.*[DN]|[DN].*H/,
  'here ranks': /[HG][^,]{0,10}K|K[^,]{0,8}[HG]|D[^,]{0,8}K/,
  'this answered': /G.*[AR]/,
  'this read, then ordered': /V[^,]{0,2}G.*[DN2]|G[^,]{0,2}V.*[DN2]/,
  'ordered to answer': /[D2][^,P]{0,8}[AR]/,
  'ordered to say this': /[D2][^,PC]{0,6}A[^,P]{0,4}[“:]/,
  'asked to answer, bare': /D[DA.]{0,3}A[^,]{2,}/,
  'only this told': /D[^,PC2]{0,2}A/,
  'answering questions': /A[^,]{0,3}G?[^,]{0,2}Q/,
  'forbidden to say': /N[^,P]{0,6}A/,
  'user asks': /U[^,]{0,8}[QA]|I[^,PC]{0,10}Q/,
  'user asks, then ordered': /[UIQ][^PC]*[DN2][^,P]{0,8}A|Q[^PC]{0,12}[DAR][^,]{0,4}[A“:]/,
  'when asked, to say': /Q[^PS4]{0,18}[5DY2][^,PCS4]{0,5}A/,
  'when asked, to say this': /Q[^PS4]{0,18}[5DY2][^,PCS4]{0,5}A[^,PC]{0,3}[“:]/,
  'you, when asked, then': /Y[^PS4]{0,12}Q[^PS4]{0,14}[5DA]|Q[^PS4]{0,14}Y[^PS4]{0,4}[5DA]/,
  'somebody else': /4/,
  'somebody says': /[PC4][^,]{0,4}A[,:“]/,
  'user told': /A[^,]{0,3}U|U[^,]{0,2}A/,
  'citizen told': /A[^,]{0,3}C|C[^,]{0,2}A/,
  'answer as a thing': /R[^,PC]{0,6}[DNF2]|[DN2][^,PC]{0,6}R/,
  'answer must': /^[^,]{0,6}[RA][^,PC]{0,6}[DN23]/,
  'answer given': /R[^,]{0,4}[:“]|R\.{0,2}D/,
  'while answering, ordered': /[ARV][^,P]{0,6}1,?[^,PC]{0,6}[DN2]/,
  'instead of another': /“[^”]*”[^,P]{0,2}A[^,]{0,2}“/,
  'forget rules': /F[^,S]{0,8}L/,
  'forget what was before': /F[^,S]{0,3}B|B[^,S]{0,6}F/,
  'forget those rules':
    /F[^,S]{0,3}B[^,]{0,6}[LS]|B[^,S]{0,4}[LS][^,]{0,6}F|B[^,]{0,3}L[^,]{0,8}N|N[^,]{0,4}B[^,]{0,3}L/,
  'forget, then order': /F[^S]*,[^S]*(?:[DN2][^,]{0,3})?A/,
  'other sources': /[NF][^,]{0,8}O|O[^,]{0,6}[FN]/,
  'source named': /A[^,]{0,1}O/,
  power: /W/,
  'power, ordered': /W.*[DNA2]/,
  'power at the head': /^[^,]{0,2}W[^,]{0,3}:/,
  'you ordered': /Y[^,]{0,4}[DN2]/,
  'you ordered to answer': /Y[^,PC]{0,6}[DN2][^,P]{0,8}A|Y\.?[RA]/,
  'you are': /[YEJ][^,]{0,10}[MX]/,
  'you and rules': /Y[^,]{0,6}[LW]/,
  'somebody else from now on': /J,?(?:Y[^,]{0,2})?E/,
  'you from now on': /J[^,PC]{0,6}[YE]|Y[^,]{0,4}J/,
  'from now on, answers': /J[^PC]{0,8}A/,
  played: /E.*[DA]|J[^,]{0,8},?[^,]{0,4}[DA]|DE/,
  'person before orders': /^[^DN2A]*P/,
  'person ordered': /P[^,]{0,8}[DN2]/,
  citizen: /C/,
  reported: /S/,
  'somebody reports': /[PC][^,]{0,4}A[,:]|,[^,]{0,8}A,$/,
  question: /\?/,
  'several labels': /:[^,]*,[^,]{0,6}:/,
  'order at the beginning': /^[^,]{0,3}[DN]/,
  'order at the end': /[DN][^,]*,?$/,
  world: /Z/,
  'rules in quotes': /f[^,]{0,8}l/,
  'machine in quotes': /m/,
  quote: /“/,
  'short quote': /“[.a-z]{1,2}”/,
  colon: /:/,
}

/** Roles and frames of chats, as programs write them. */
const MARKUP =
  /<\|?\s*\/?(?:im_start|im_end|system|assistant|endoftext|context)|\[\/?inst\]|<<\/?sys>>|["“”'](?:role|instruction|system|prompt)[a-z_]*["“”']\s*:|#{2,}\s*(?:instruction|system|prompt)|```\s*(?:prompt|system)|<!--/u
const SPEAKER =
  /(?:^|[\s。!?[【/])(?:system|assistant|user|human|developer|系统|助手|用户|开发者)(?:提示|消息|指令|注入|\s?prompt|\s?message)?[\]】]?\s*:(?!\/)/u
/** Nothing but words that are syllables of pinyin: qing huida yonghu mianfei. */
const PINYIN =
  /^(?:(?:(?:[zcs]h|[bpmfdtnlgkhjqxzcsryw])?[aeiouv]{1,3}(?:(?:ng|n|r)(?![aeiouv]))?(?![aeiouv]))+[\s,.!:]+){3,}[a-z]+[.!]?$/u
/** Short words of English may be syllables as well: we can do it. */
const SHORTEST_PINYIN = 20
const ENGLISH = /[a-z' ,]{16}/u
const ENGLISH_ORDER = /^\.{0,3}[AFNDEV]|[MX].*[D2A]|[DN2].*[MX]|F.*[BL]|Y.*2/

export const FEATURES: readonly string[] = [
  ...Object.keys(PATTERNS),
  'markup',
  'speaker',
  'pinyin',
  'parted',
  'english order',
  'words in a fifth',
  'words in a third',
]

/** Each of these alone makes an order: of 67,971 printed sentences none has one. */
export const CERTAIN: readonly string[] = [
  'forget those rules',
  'power at the head',
  'somebody else from now on',
  'markup',
  'pinyin',
  'parted',
]

/** Without any of these a sentence is no order to a machine, whatever else it has. */
const CORE =
  /[MHWKER]|Y.*[AQXJL]|[AQXJL].*Y|U.*[AQ]|A.*U|X.*[DN2A]|V.*X|F.*[BLOA]|Q.*A|[DN2][^,]{0,8}A|[AV][^,]{0,6}1|[VG].*[VG].*[DN2]|J.*A/

/** Of each feature 1 or 0; undefined where a sentence has nothing of an order. */
export function look(sentence: string): Uint8Array | undefined {
  const plain = unmask(sentence)
  const signs = signsOf(plain)
  const markup = MARKUP.test(plain) || SPEAKER.test(plain)
  const pinyin = plain.length > SHORTEST_PINYIN && PINYIN.test(plain)
  if (!markup && !pinyin && !CORE.test(signs)) return undefined
  const share = (signs.match(/[A-Z1-9]/g)?.length ?? 0) / signs.length
  const seen = [
    ...Object.values(PATTERNS).map((pattern) => pattern.test(signs)),
    MARKUP.test(plain),
    SPEAKER.test(plain),
    pinyin,
    isParted(sentence),
    ENGLISH.test(plain) && ENGLISH_ORDER.test(signs),
    share > 1 / 5,
    share > 1 / 3,
  ]
  return Uint8Array.from(seen, Number)
}
