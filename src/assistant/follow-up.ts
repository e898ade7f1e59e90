// What a question is about when it comes after others: the same job, the same job of another version, or a new one.

const VERSION = /\b\d\.\d{1,2}\b/;
/** Words that no question has by chance: names of jobs, addresses, pull requests. */
const NAMES_A_JOB = /:\/\/|\w\/[\w.-]+#\d|#\d{3,}|\b[a-z0-9]{2,40}(?:-[a-z0-9.]{1,40}){2}/i;

/** The question to investigate, given the job that was spoken of. */
export function questionFor(question: string, subject: string | null): string {
  if (subject === null || NAMES_A_JOB.test(question)) return question;
  const [version] = VERSION.exec(question) ?? [];
  return version === undefined ? subject : subject.replace(VERSION, version);
}
