// Times of the demo world: the instant at which it stands still, build ids, and how logs write times and durations.

/** The world's default present. */
export const DEMO_NOW = Date.parse('2026-11-20T12:00:00Z');

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Twitter's epoch, which Prow's build ids count milliseconds from. */
const SNOWFLAKE_EPOCH = 1288834974657n;

/** A Prow build id: a Snowflake, so that its time can be read back from it. */
export const buildIdAt = (ms: number, low: number): string =>
  (((BigInt(ms) - SNOWFLAKE_EPOCH) << 22n) | BigInt(low & 0x3fffff)).toString();

/** RFC 3339 in whole seconds: `2026-11-20T12:00:00Z`. */
export const rfc3339 = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;

export const unixSeconds = (ms: number): number => Math.floor(ms / SECOND);

const digits = (n: number, width: number): string => String(Math.floor(n)).padStart(width, '0');

/** The time in a klog header: `1120 12:03:04.123456`. */
export function klogTime(ms: number): string {
  const text = new Date(ms).toISOString();
  return `${text.slice(5, 7)}${text.slice(8, 10)} ${text.slice(11, 23)}${digits((ms * 7919) % 1000, 3)}`;
}

/** Lines of a scenario with klog headers put in: `I@ file.go:1] …` becomes `I1120 12:03:04.123456   10912 file.go:1] …`. */
export const stamped = (lines: readonly string[], ms: number): string[] =>
  lines.map((line, i) => line.replace(/^([IWE])@ /, `$1${klogTime(ms + i * SECOND)}   10912 `));

/** The time behind a Ginkgo step: `11/20/26 12:03:04.123`. */
export function ginkgoTime(ms: number): string {
  const text = new Date(ms).toISOString();
  return `${text.slice(5, 7)}/${text.slice(8, 10)}/${text.slice(2, 4)} ${text.slice(11, 23)}`;
}

/** The time before an e2e framework line: `Nov 20 12:03:04.123`. */
export function frameworkTime(ms: number): string {
  const month = 'JanFebMarAprMayJunJulAugSepOctNovDec'.slice(new Date(ms).getUTCMonth() * 3).slice(0, 3);
  const text = new Date(ms).toISOString();
  return `${month} ${text.slice(8, 10)} ${text.slice(11, 23)}`;
}

/** A duration as Go prints it in whole seconds: `1h2m3s`, `45s`. */
export function goDuration(ms: number): string {
  const s = Math.round(ms / SECOND);
  const [hours, minutes] = [Math.floor(s / 3600), Math.floor(s / 60) % 60];
  return `${hours > 0 ? `${hours}h` : ''}${hours > 0 || minutes > 0 ? `${minutes}m` : ''}${s % 60}s`;
}
