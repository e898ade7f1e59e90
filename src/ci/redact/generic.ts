// Tells a secret from the names, paths and versions that logs assign to words like `token` and `key`.
import { entropyOf } from './rule.ts';

/** Names whose value is a secret whatever it looks like, and names that a secret may have. */
export const STRONG_NAMES = [
  'passw',
  'passphrase',
  'pwd',
  'secret',
  'token',
  'apikey',
  'api_key',
  'api-key',
  'credential',
  'creds',
];
export const WEAK_NAMES = ['access', 'auth', 'key'];

const PASSWORD = /pass(?:w|ph)|pwd/i;
const WEAK = /access|auth|key/i;
const STRONG = /passw|passphrase|pwd|secret|token|api[_.-]?key|access[_.-]?key|private[_.-]?key|credential|creds/i;
/** What the end of a name says that its value is no secret. */
const ABOUT =
  /(?:name|namespace|id|uid|file|path|dir|ref|refs|type|kind|length|size|ur[il]|host|endpoint|version|hash|digest|checksum|count|index|prefix|suffix|selector|label|usage|usages|store|provider|mount|volume|status|expir\w{0,10}|ttl|policy|manager|controller|reviews?|request|requests|signer|resource|resources|error|errors|algorithm|age|rotation|sha\d{1,3}|md5|fingerprint|org)s?[\s"'\\]{0,3}$/i;
/** Names that hold a word by chance, or tell a public thing. */
const HARMLESS =
  /(?:author(?!iz)|public|primary|foreign|partition|sort|cache|group|row|map|idempotency|keyboard|keyword|monkey|turkey|hockey|capital|rapid|accessib|accessor|tokeniz|keystone|keyring|csrf|ice-pwd|\.(?:pem|crt|json|ya?ml)\b)/i;
const PLACEHOLDER =
  /^(?:[x*.•_-]{3,200}|[<{[(].{0,200}|\$[{(].{0,200}|[$%@](?:[A-Z][A-Z0-9_]{1,60}|[a-z_]{1,60}|\d)[%@]?|.{0,200}[>})\]]|(?:null|nil|none|true|false|undefined|empty|redacted|hidden|masked|changeme|example|sample|placeholder|required|optional|invalid|missing|unknown|default|string|test|pass|passw(?:or)?d|pwd|token|secret)\W{0,3})$/i;

/**
 * True for what stands in for a secret: `***`, `<token>`, `$TOKEN`, `{{ .Values.token }}`, `null`; and for the words that
 * manuals print in its place (`changeme`, `password`): they are public, and a login that fails with one says why.
 */
export const isPlaceholder = (value: string): boolean => PLACEHOLDER.test(value);

/** True for a text that looks drawn by chance: enough of it is no word, number or version. */
export function looksRandom(value: string, least = 10): boolean {
  if (!/\d/.test(value) || !/[A-Za-z]/.test(value)) return false;
  const rest = value
    .split(/[^A-Za-z0-9]/)
    .filter((piece) => !/^(?:v?\d{0,12}|[a-z]{1,40}|[A-Z]{1,40}|[A-Z][a-z]{1,40}|.{1,5})$/.test(piece))
    .map((piece) => piece.replace(/[A-Z][a-z]{2,40}|[a-z]{5,40}/g, ''))
    .join('');
  return rest.length >= least && entropyOf(value) >= 3;
}

const HEX = /^[0-9a-f]{8,128}$/i;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const FILE = /\.(?:js|ts|go|java|py|rb|cc?|h|json|ya?ml|xml|log|txt|sh|pem|crt|key|html?|css)(?::\d{1,7}){0,2}$/;

/**
 * True when a value assigned to `name` (all of it, with what stands before the operator) is a secret.
 * @param isSet the operator is one of assignment, not only a bracket or a comma
 */
export function isSecretValue(name: string, value: string, isSet: boolean): boolean {
  if (value.length < 6 || !/[A-Za-z]/.test(value)) return false;
  if (isPlaceholder(value) || HARMLESS.test(name) || ABOUT.test(name)) return false;
  if (/^[./~]|^0x|^\w{1,12}:\/\/|^(?:sha256:|h1:|v\d)|[:@]sha256/.test(value) || FILE.test(value)) return false;
  if (PASSWORD.test(name) && isSet) return isPassword(value);
  if (value.length < 10 || !/\d/.test(value)) return false;
  const isStrong = STRONG.test(name);
  if (!isStrong && !WEAK.test(name)) return false;
  if (HEX.test(value) || UUID.test(value)) return isStrong && value.length >= 16 && entropyOf(value) >= 2.75;
  return entropyOf(value) >= 3.3 && looksRandom(value, isStrong ? 10 : 14);
}

/** A password may be short; what is all one word, or a name with dashes, is talk about one. */
function isPassword(value: string): boolean {
  if (!/\d/.test(value))
    return value.length >= 8 && /[a-z]/.test(value) && /[A-Z]/.test(value) && /[!#$%^*+?~]/.test(value);
  if (value.length < 8) return /[^\w.-]|[a-z]\d{1,4}$/.test(value);
  return !/^[a-z0-9]{1,40}(?:[-/.:][a-z0-9]{1,40}){1,8}$/.test(value) || looksRandom(value, 8);
}
