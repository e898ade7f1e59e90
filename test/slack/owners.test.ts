import { describe, expect, it } from 'vitest';
import { BadOwners, ownerOf, parseOwners } from '../../src/slack/owners.ts';

const OWNERS = parseOwners(`
- name: SIG Network
  mention: S0123ABC
  sigs: [network]
- name: Installer team
  jobs: ['*-e2e-*-install*']
- name: Serial squad
  mention: U0456DEF
  tests: ['[sig-etcd]*[Serial]*']
`);
const owned = (some: Partial<Parameters<typeof ownerOf>[0]>): Parameters<typeof ownerOf>[0] => ({
  job: 'ci-kubernetes-e2e',
  tests: [],
  dashboard: null,
  ...some,
});

describe('the owner of what fails', () => {
  it.each([
    ['the test, as the file says', { tests: ['[sig-etcd] backs up [Serial] [Slow]'] }, 'Serial squad', 'U0456DEF'],
    ['the SIG of the test’s label', { tests: ['[sig-network] DNS resolves'] }, 'SIG Network', 'S0123ABC'],
    ['the SIG of the dashboard', { dashboard: 'sig-network-gce' }, 'SIG Network', 'S0123ABC'],
    ['the job, as the file says', { job: 'periodic-E2E-aws-e2e-ovn-install-x' }, 'Installer team', null],
    ['a SIG that is not in the file', { tests: ['[sig-storage] mounts'] }, 'SIG storage', null],
  ])('is that of %s', (_, some, name, mention) => {
    expect(ownerOf(owned(some), OWNERS)).toEqual({ name, mention });
  });

  it('is not known where neither the file nor a name tells', () => {
    expect(ownerOf(owned({ tests: ['Overall'], dashboard: 'sig-release-master-blocking' }), OWNERS)).toBeNull();
  });

  it('is never somebody whom a text names', () => {
    expect(ownerOf(owned({ tests: ['[sig-<@U0456DEF>] x', '<!channel> [sig-]'] }), OWNERS)).toBeNull();
  });

  it.each([
    ['a*c', 'abc', true],
    ['a*c', 'ac', true],
    ['a*a', 'a', false],
    ['abc', 'ABC', true],
    ['abc', 'abcd', false],
    ['*b*', 'abc', true],
    ['*b*d', 'abc', false],
  ])('fits %s to %s: %s', (glob, job, fits) => {
    const owners = parseOwners(JSON.stringify([{ name: 'X', jobs: [glob] }]));
    expect(ownerOf(owned({ job }), owners) !== null).toBe(fits);
  });
});

describe('the file of owners', () => {
  it('may be empty', () => {
    expect(parseOwners('')).toEqual([]);
  });

  it.each([
    ['- name: [', /not YAML \(line 1\)/],
    ['- name: A\n  mention: "@channel"', /0\.mention/],
    ['- name: A\n  mentions: S0123ABC', /mentions/],
    ['name: A', /mistakes/],
  ])('is refused where it is wrong: %j', (text, message) => {
    expect(() => parseOwners(text)).toThrow(BadOwners);
    expect(() => parseOwners(text)).toThrow(message);
  });
});
