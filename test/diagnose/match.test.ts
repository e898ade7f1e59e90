import { describe, expect, it } from 'vitest';
import { partsOf, rank, scoreName } from '../../src/diagnose/match.ts';

const NAMES = [
  'periodic-ci-openshift-release-main-nightly-4.22-telco5g-network-flow-matrix-bm',
  'periodic-ci-openshift-release-main-nightly-4.22-telco5g-network-flow-matrix-single-node-bm',
  'periodic-ci-openshift-release-main-nightly-4.21-telco5g-network-flow-matrix-bm',
  'periodic-ci-openshift-release-main-nightly-4.22-e2e-aws-ovn',
];
const best = (words: string): string | undefined => rank(words.split(' '), NAMES, (name) => name)[0]?.item;

describe('words', () => {
  it('find the name that has them all and the least besides', () => {
    expect(best('4.22 telco bm network flow')).toBe(NAMES[0]);
    expect(best('4.22 telco single node')).toBe(NAMES[1]);
    expect(best('aws ovn')).toBe(NAMES[3]);
  });

  it('weigh a version more than other words, and never take one version for another', () => {
    expect(best('4.21 telco')).toBe(NAMES[2]);
    expect(scoreName(['4.20'], NAMES[0] ?? '')).toBe(0);
  });

  it('forgive a letter in a long word', () => {
    expect(best('netwrk flow 4.21')).toBe(NAMES[2]);
  });

  it('are compared part by part', () => {
    expect(partsOf('Nightly-4.22_e2e.AWS')).toEqual(['nightly', '4.22', 'e2e', 'aws']);
  });
});
