// What a question is about when it comes after others: the same job, the same job of another version, or a new one.

const VERSION = /\b\d\.\d{1,2}\b/;
/** Words that no question has by chance: names of jobs, addresses, pull requests. */
const NAMES_A_JOB = /:\/\/|\w\/[\w.-]+#\d|#\d{3,}|\b[a-z0-9]{2,40}(?:-[a-z0-9.]{1,40}){2}/i;
/** Words that may be a name (`gce-network`) or only English (`must-gather`, `re-run`). */
const MAY_NAME_A_JOB = /\b[a-z0-9]{2,40}-[a-z0-9.]{2,40}\b/i;

export interface About {
  /** The question to investigate. */
  readonly question: string;
  /** What to investigate instead when nothing of that name is found; null where that would be another question. */
  readonly otherwise: string | null;
}

/** What to investigate for a question, given the job that was spoken of. */
export function aboutOf(question: string, subject: string | null): About {
  if (subject === null || NAMES_A_JOB.test(question)) return { question, otherwise: null };
  if (MAY_NAME_A_JOB.test(question)) return { question, otherwise: subject };
  const [version] = VERSION.exec(question) ?? [];
  return { question: version === undefined ? subject : subject.replace(VERSION, version), otherwise: null };
}

/** True for a question that only asks since when. */
export const asksSinceWhen = (question: string): boolean =>
  /\bsince when\b|\bhow long\b|\bwhen did\b|\bwhen was\b/i.test(question) && question.length < 80;
