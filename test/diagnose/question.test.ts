import { describe, expect, it } from 'vitest';
import { codePoints, readQuestion } from '../../src/diagnose/question.ts';
import { parseConfig } from '../../src/sources/config.ts';

const { systems } = parseConfig({});
const read = (question: string): ReturnType<typeof readQuestion> => readQuestion(question, systems);

describe('a question', () => {
  it.each([
    ['why is ci-kubernetes-e2e-gce failing?', 'ci-kubernetes-e2e-gce'],
    ['`ci-kubernetes-e2e-gce`, since when?', 'ci-kubernetes-e2e-gce'],
    [
      '"periodic-ci-openshift-release-main-nightly-4.22-e2e-aws".',
      'periodic-ci-openshift-release-main-nightly-4.22-e2e-aws',
    ],
  ])('%s names a job', (question, name) => {
    expect(read(question)).toMatchObject({ kind: 'name', name });
  });

  it('is about the URL in it, whatever stands around', () => {
    expect(read('look at (https://prow.k8s.io/view/gs/kubernetes-ci-logs/logs/ci-x-y/123), please!')).toMatchObject({
      kind: 'address',
      address: { kind: 'run', build: '123' },
    });
    expect(read('https://evil.example/x')).toEqual({ kind: 'foreign', url: 'https://evil.example/x' });
  });

  it.each([
    ['redhat-blocking#e2e-aws', 'e2e-aws'],
    ['is (redhat-blocking#e2e-aws), red since PR#12?', 'e2e-aws'],
    ['redhat-blocking#Conformance - GCE', 'Conformance - GCE'],
    ['whyred://grid/redhat-blocking/Conformance%20-%20GCE', 'Conformance - GCE'],
  ])('%s is about that tab', (question, tab) => {
    const dashboard = 'redhat-blocking';
    expect(read(question)).toEqual({ kind: 'address', address: { kind: 'tab', dashboard, tab } });
  });

  it('is about what one of our own addresses stands for', () => {
    const folder = 'origin-ci-test/logs/ci-x-y/123';

    expect(read(`whyred://run/${folder}`)).toEqual(read(`gs://${folder}`));
    expect(read(`whyred://log/${folder}/build-log.txt#L1-L4`)).toEqual(read(`gs://${folder}/build-log.txt`));
    expect(read('whyred://job/ci-x-y')).toMatchObject({ kind: 'name', name: 'ci-x-y' });
    expect(read('whyred://run/elsewhere/logs/ci-x-y/123')).toMatchObject({ kind: 'foreign' });
  });

  it('may be about a pull request, and a job on it', () => {
    expect(read('did kubernetes/kubernetes#123 break pull-kubernetes-unit?')).toMatchObject({
      kind: 'pull',
      pull: { org: 'kubernetes', repo: 'kubernetes', number: 123 },
      tokens: expect.arrayContaining(['pull-kubernetes-unit']) as string[],
    });
  });

  it('else is its words without filler', () => {
    expect(read('Why is the 4.22 telco bm network flow job failing?')).toEqual({
      kind: 'words',
      words: ['4.22', 'telco', 'bm', 'network', 'flow'],
      odd: [],
    });
    expect(read('why?')).toMatchObject({ words: [] });
  });

  it('marks words with look-alike characters', () => {
    expect(read('сi\u2010e2e\u2010gce')).toMatchObject({ kind: 'words', odd: ['сi\u2010e2e\u2010gce'] });
    expect(codePoints('a\u2010b')).toBe('U+2010');
  });
});
