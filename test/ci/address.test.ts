import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAddress, parsePull } from '../../src/ci/address.ts';
import { parseConfig } from '../../src/sources/config.ts';

const { systems } = parseConfig({});
const read = (url: string): unknown => parseAddress(url, systems);
const job = { system: 'openshift', bucket: 'test-platform-results', kind: 'periodic', name: 'periodic-ci-x-e2e' };
const build = '2074841182621405184';

describe('an address', () => {
  it.each([
    `https://prow.ci.openshift.org/view/gs/test-platform-results/logs/periodic-ci-x-e2e/${build}`,
    `https://prow.ci.openshift.org/view/gcs/test-platform-results/logs/periodic-ci-x-e2e/${build}/`,
    `https://prow.ci.openshift.org/view/gs/test-platform-results/logs/periodic-ci-x-e2e/${build}#1:build-log.txt%3A17`,
    `https://gcsweb-ci.apps.ci.l2s4.p1.openshiftapps.com/gcs/test-platform-results/logs/periodic-ci-x-e2e/${build}/`,
    `https://storage.googleapis.com/test-platform-results/logs/periodic-ci-x-e2e/${build}`,
    `https://storage.googleapis.com/storage/v1/b/test-platform-results/o/logs%2Fperiodic-ci-x-e2e%2F${build}`,
    `gs://test-platform-results/logs/periodic-ci-x-e2e/${build}`,
  ])('of a run is read from %s', (url) => {
    expect(read(url)).toEqual({ kind: 'run', job, build, path: `logs/periodic-ci-x-e2e/${build}`, artifact: null });
  });

  it('of an artifact names the run and the artifact', () => {
    const url = `https://storage.googleapis.com/test-platform-results/logs/periodic-ci-x-e2e/${build}/artifacts/e2e/step/build-log.txt`;

    expect(read(url)).toMatchObject({ kind: 'run', build, artifact: 'artifacts/e2e/step/build-log.txt' });
  });

  it('of a presubmit run keeps its path below the pull request', () => {
    const path = `pr-logs/pull/openshift_origin/29000/pull-ci-openshift-origin-main-unit/${build}`;

    expect(read(`https://prow.ci.openshift.org/view/gs/test-platform-results/${path}`)).toMatchObject({
      kind: 'run',
      path,
      job: { kind: 'presubmit', name: 'pull-ci-openshift-origin-main-unit' },
    });
  });

  it('of a job history names the job', () => {
    expect(read('https://prow.ci.openshift.org/job-history/gs/test-platform-results/logs/periodic-ci-x-e2e')).toEqual({
      kind: 'job',
      job,
    });
    expect(
      read('https://prow.k8s.io/job-history/gs/kubernetes-ci-logs/pr-logs/directory/pull-kubernetes-unit'),
    ).toMatchObject({
      kind: 'job',
      job: { system: 'kubernetes', kind: 'presubmit', name: 'pull-kubernetes-unit' },
    });
  });

  it('of a TestGrid tab is read from its fragment and from its table', () => {
    const tab = { kind: 'tab', dashboard: 'sig-network-gce', tab: 'gce-alpha' };

    expect(read('https://testgrid.k8s.io/sig-network-gce#gce-alpha&width=20')).toEqual(tab);
    expect(read('https://testgrid.k8s.io/sig-network-gce/table?tab=gce-alpha')).toEqual(tab);
    expect(read('https://testgrid.k8s.io/sig-network-gce')).toEqual({
      kind: 'dashboard',
      dashboard: 'sig-network-gce',
    });
  });

  it('of a pull request is read from Prow and from GitHub', () => {
    const pull = { org: 'kubernetes', repo: 'kubernetes', number: 123 };

    expect(read('https://prow.k8s.io/pr-history/?org=kubernetes&repo=kubernetes&pr=123')).toEqual({
      kind: 'pull',
      system: 'kubernetes',
      pull,
    });
    expect(parsePull('https://github.com/kubernetes/kubernetes/pull/123/files')).toEqual(pull);
    expect(parsePull('kubernetes/kubernetes#123')).toEqual(pull);
    expect(parsePull('kubernetes/../etc#123')).toBeNull();
  });

  // N-01, N-02 of the threat model: nothing but the shape of a configured public address is ever an address.
  it.each([
    'http://169.254.169.254/logs/a/1',
    'http://localhost/view/gs/test-platform-results/logs/a/1',
    'http://[::1]/view/gs/test-platform-results/logs/a/1',
    'http://127.1/view/gs/test-platform-results/logs/a/1',
    'http://0x7f.1/view/gs/test-platform-results/logs/a/1',
    'http://2130706433/view/gs/test-platform-results/logs/a/1',
    'https://prow.k8s.io@evil.example/view/gs/kubernetes-ci-logs/logs/a/1',
    'https://user:pw@prow.k8s.io/view/gs/kubernetes-ci-logs/logs/a/1',
    'https://prow.k8s.io.evil.example/view/gs/kubernetes-ci-logs/logs/a/1',
    'https://prow.k8s.io./view/gs/kubernetes-ci-logs/logs/a/1',
    'https://prow.k8s.io:8443/view/gs/kubernetes-ci-logs/logs/a/1',
    'https://storage.googleapis.com/attacker-bucket/logs/a/1',
    'https://storage.googleapis.com.evil.example/kubernetes-ci-logs/logs/a/1',
    'https://prow.k8s.io/view/gs/kubernetes-ci-logs/logs/../../secret/1',
    'https://prow.k8s.io/view/gs/kubernetes-ci-logs/logs/%2e%2e/1',
    'https://prow.k8s.io/view/gs/kubernetes-ci-logs/logs/a%2f..%2fb/1',
    'https://prow.k8s.io/view/gs/kubernetes-ci-logs/logs/a%00b/1',
    'https://prow.k8s.io/view/gs/kubernetes-ci-logs/logs/%zz/1',
    'file:///etc/passwd',
    'ftp://prow.k8s.io/logs/a/1',
    'javascript:alert(1)',
  ])('is not %s', (url) => {
    expect(read(url)).toBeNull();
  });

  it('never throws, and never leaves the run’s folder', () => {
    const paths = fc.array(
      fc.oneof(
        fc.constantFrom('..', '.', '%2e%2e', 'logs', 'pr-logs', 'pull', 'a', build, '\\', '%00', '?', '#'),
        fc.string(),
      ),
    );

    fc.assert(
      fc.property(paths, (parts) => {
        const address = parseAddress(`https://prow.k8s.io/view/gs/kubernetes-ci-logs/${parts.join('/')}`, systems);
        if (address?.kind === 'run') {
          expect(address.path).toMatch(/^(?:logs|pr-logs\/pull)\//);
          expect(address.path.split('/')).not.toContain('..');
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
