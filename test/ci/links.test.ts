import { describe, expect, it } from 'vitest';
import { compareUrl, gridUrl, jobUrl, logLinesUrl, runUrl } from '../../src/ci/links.ts';
import type { Job } from '../../src/ci/job.ts';

const sites = {
  deck: 'https://prow.k8s.io',
  storage: 'https://storage.googleapis.com',
  testgrid: 'https://testgrid.k8s.io',
};
const job: Job = { system: 'kubernetes', bucket: 'kubernetes-ci-logs', kind: 'periodic', name: 'ci-x' };
const run = { job, path: 'logs/ci-x/123' };

describe('a link', () => {
  it('to a run and a job opens on Prow', () => {
    expect(runUrl(sites, run)).toBe('https://prow.k8s.io/view/gs/kubernetes-ci-logs/logs/ci-x/123');
    expect(jobUrl(sites, job)).toBe('https://prow.k8s.io/job-history/gs/kubernetes-ci-logs/logs/ci-x');
  });

  it('to the run’s own log opens Spyglass at the lines', () => {
    const url = logLinesUrl(sites, run, 'logs/ci-x/123/build-log.txt', { from: 7, to: 9 }, 'x');

    expect(url).toBe('https://prow.k8s.io/view/gs/kubernetes-ci-logs/logs/ci-x/123#1:build-log.txt%3A7-9');
  });

  it('to another log scrolls to the words of the first line that no colour code interrupts', () => {
    const url = logLinesUrl(
      sites,
      run,
      'logs/ci-x/123/artifacts/e2e/step/build-log.txt',
      { from: 7, to: 9 },
      '\u001b[31mE\u001b[0m exit-code 2, then',
    );

    expect(url).toBe(
      'https://storage.googleapis.com/kubernetes-ci-logs/logs/ci-x/123/artifacts/e2e/step/build-log.txt#:~:text=exit%2Dcode%202%2C%20then',
    );
  });

  it('to a row filters the grid by its exact name', () => {
    expect(gridUrl(sites, 'sig-x', 'tab', 'a.[b] (c)')).toBe(
      `https://testgrid.k8s.io/sig-x#tab&include-filter-by-regex=${encodeURIComponent('^a\\.\\[b\\] \\(c\\)$').replace(/[()]/g, (c) => (c === '(' ? '%28' : '%29'))}`,
    );
  });

  it('holds nothing that ends it in another text', () => {
    expect(gridUrl(sites, 'sig-x', 'tab', "it's ![a](b) *now*")).not.toMatch(/[!'()*[\]<> ]/);
  });

  it('to a change compares two commits', () => {
    expect(compareUrl('kubernetes/kubernetes', 'aaa', 'bbb')).toBe(
      'https://github.com/kubernetes/kubernetes/compare/aaa...bbb',
    );
  });
});
