// The pr-history page: a table of jobs by commits, each run a link in a cell of its own, the newest commit first.
import type { DemoJob, DemoRun } from '../model.ts';
import { escapeMarkup, html, type WireResponse } from './response.ts';

const CELL = { passed: 'run-success', failed: 'run-failure', pending: 'run-pending' } as const;
const TD = 'mdl-data-table__cell--non-numeric';

const EMPTY = `<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="UTF-8">
  <title>PR History</title>
</head>
<body>
  <h1>PR Job History</h1>
  <p>No jobs have been run for this pull request.</p>
</body>
</html>
`;

export function pullHistory(jobs: readonly DemoJob[], query: URLSearchParams): WireResponse {
  const repo = `${query.get('org') ?? ''}/${query.get('repo') ?? ''}`;
  const number = Number(query.get('pr'));
  const own = jobs
    .filter((job) => job.layout.repo === repo)
    .map((job) => ({ job, runs: job.runs.filter((run) => run.pull?.number === number) }))
    .filter(({ runs }) => runs.length > 0)
    .sort((a, b) => (a.job.name < b.job.name ? -1 : 1));
  if (own.length === 0) return html(EMPTY);
  const newest = own.flatMap(({ runs }) => runs).sort((a, b) => b.started - a.started);
  const commits = [...new Set(newest.map((run) => run.pull?.sha ?? ''))];
  // A commit is as wide as the most runs any job has of it.
  const widths = commits.map((sha) => Math.max(...own.map(({ runs }) => runsOf(runs, sha).length)));
  return html(
    page(
      `${repo} #${number}`,
      repo,
      head(repo, commits, widths),
      own.map(({ job, runs }) => row(job, runs, commits, widths)),
    ),
  );
}

const runsOf = (runs: readonly DemoRun[], sha: string): DemoRun[] => runs.filter((run) => run.pull?.sha === sha);

const head = (repo: string, commits: readonly string[], widths: readonly number[]): string =>
  commits
    .map(
      (sha, i) => `
        <th class="${TD}" colspan="${widths[i] ?? 1}">
          <a href="https://github.com/${repo}/commit/${sha}">${sha.slice(0, 7)}</a>
        </th>`,
    )
    .join('\n');

function row(job: DemoJob, runs: readonly DemoRun[], commits: readonly string[], widths: readonly number[]): string {
  const cells = commits.flatMap((sha, i) => {
    const own = runsOf(runs, sha);
    return Array.from({ length: widths[i] ?? 1 }, (_, k) => cell(job, own[k]));
  });
  return `
      <tr>
        <td class="${TD}"><a href="/job-history/gs/${job.bucket}/${job.history}">${job.name}</a></td>
${cells.join('\n\n')}
      </tr>`;
}

const cell = (job: DemoJob, run: DemoRun | undefined): string =>
  run
    ? `        <td class="${TD} ${CELL[run.state]}"><a href="/view/gs/${job.bucket}/${run.folder}">${run.build}</a></td>`
    : `        <td class="${TD} "></td>`;

const page = (title: string, repo: string, columns: string, rows: readonly string[]): string => `<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="UTF-8">
  <title>PR History: ${escapeMarkup(title)}</title>
</head>
<body id="pr-history">
<div class="mdl-layout mdl-js-layout mdl-layout--fixed-header">
  <header class="mdl-layout__header"><span class="header-title">PR History: <a href="https://github.com/${repo}">${escapeMarkup(title)}</a></span></header>
  <main class="mdl-layout__content">
<div class="table-container">
  <table id="history-table" class="mdl-data-table mdl-js-data-table mdl-shadow--2dp">
    <thead>
      <tr>
        <th></th>
${columns}
      </tr>
    </thead>
    <tbody>
${rows.join('\n')}
    </tbody>
  </table>
</div>
  </main>
</div>
</body>
</html>
`;
