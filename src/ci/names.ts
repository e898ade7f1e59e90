// Which strings may name a job, a build, a bucket or an artifact: everything else never reaches a URL or a file path.

const JOB = /^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/;
const BUILD = /^\d{1,20}$/;
const BUCKET = /^[a-z0-9][a-z0-9._-]{1,62}$/;
const SLUG = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

/** True for a job name of Prow's alphabet, at most 200 characters; `.` and `..` are not names. */
export const isJobName = (text: string): boolean => JOB.test(text);

/** True for a build id: 1 to 20 decimal digits. */
export const isBuildId = (text: string): boolean => BUILD.test(text);

/** True for a bucket name of GCS's alphabet. */
export const isBucket = (text: string): boolean => BUCKET.test(text);

/** True for a GitHub organisation or repository name. */
export const isSlug = (text: string): boolean => SLUG.test(text);

/**
 * True for an object path that stays below its prefix: segments divided by `/`, none of them empty, `.` or `..`,
 * no control characters, no backslash, no percent sign (GCS object names are encoded by us, once), 1,024 bytes at most.
 */
export function isObjectPath(path: string): boolean {
  if (path.length === 0 || !path.isWellFormed() || Buffer.byteLength(path) > 1024) return false;
  if (/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\\%?#]/.test(path)) return false;
  return path.split('/').every((segment) => segment !== '' && segment !== '.' && segment !== '..');
}

/** The object path as it stands in a URL: each segment encoded. The path must have passed {@link isObjectPath}. */
export const encodePath = (path: string): string => path.split('/').map(encodeURIComponent).join('/');
