/** Files that are named .docx and are none, by how they begin; the first that fits. */
const OTHERS: readonly (readonly [begins: RegExp, is: string])[] = [
  [/^\{\\rtf/, 'it is in the format RTF'],
  [/^%PDF-/, 'it is a PDF'],
  [/^(?:<!doctype html|<html|<head|<body|<meta|MIME-Version:)/i, 'it is a web page'],
  [/^<\?xml/, 'it is XML that is not packed'],
  [/^$/, 'it is empty'],
]

/** How the files of Word 97 to 2003 begin, and locked ones of any Word. */
const COMPOUND = Buffer.from('d0cf11e0a1b11ae1', 'hex')
/** What a locked document lies in, as the directory of such a file names it. */
const LOCKED = Buffer.from('EncryptedPackage', 'utf16le')

/** @throws Error that says what it is, when it is no archive. */
export function refuseOthers(bytes: Uint8Array): void {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (file.subarray(0, COMPOUND.length).equals(COMPOUND)) {
    if (!file.includes(LOCKED)) throw new Error('it is in the old format .doc')
    const locked = new Error('it is locked')
    locked.name = 'PasswordException'
    throw locked
  }
  if (file.subarray(0, 2).equals(Buffer.from('PK'))) return
  const start = file.toString('utf8', 0, 512).replace(/^\uFEFF?\s*/, '')
  const other = OTHERS.find(([begins]) => begins.test(start))
  throw new Error(other ? other[1] : 'it is no Word document')
}
