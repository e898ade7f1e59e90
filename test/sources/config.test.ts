import { describe, expect, it } from 'vitest';
import { ConfigError, originsOf, parseConfig } from '../../src/sources/config.ts';

describe('the configuration', () => {
  it('knows Kubernetes and OpenShift out of the box', () => {
    const config = parseConfig({});

    expect(config.systems.map(({ name, buckets }) => [name, buckets[0]])).toEqual([
      ['kubernetes', 'kubernetes-ci-logs'],
      ['openshift', 'test-platform-results'],
    ]);
    expect(originsOf(config)).toEqual(
      new Set([
        'https://prow.k8s.io',
        'https://prow.ci.openshift.org',
        'https://storage.googleapis.com',
        'https://testgrid.k8s.io',
      ]),
    );
  });

  it('points all services at a mirror, and links at the public sites', () => {
    const config = parseConfig({}, 'http://127.0.0.1:8480/');

    expect(originsOf(config)).toEqual(new Set(['http://127.0.0.1:8480']));
    expect(config.systems[1]).toMatchObject({
      sites: { deck: 'https://prow.ci.openshift.org' },
      contact: { deck: 'http://127.0.0.1:8480/deck' },
    });
  });

  it('takes further systems, and replaces one of the same name', () => {
    const sites = {
      deck: 'https://prow.example',
      storage: 'https://storage.example',
      testgrid: 'https://testgrid.example',
    };
    const mine = { name: 'kubevirt', buckets: ['kubevirt-prow'], sites };

    const { systems } = parseConfig({ systems: [mine, { ...mine, name: 'kubernetes' }] });

    expect(systems.map(({ name }) => name)).toEqual(['kubernetes', 'openshift', 'kubevirt']);
    expect(systems[0]?.buckets).toEqual(['kubevirt-prow']);
  });

  it('reads no issues unless repositories are named, and then contacts GitHub too', () => {
    const off = parseConfig({});
    const on = parseConfig({ knownIssues: { repositories: ['kubernetes/kubernetes'] } });

    expect(off.knownIssues.repositories).toEqual([]);
    expect(on.knownIssues).toMatchObject({
      repositories: [{ org: 'kubernetes', repo: 'kubernetes' }],
      labels: ['kind/flake', 'kind/failing-test'],
    });
    expect([...originsOf(on)].filter((origin) => !originsOf(off).has(origin))).toEqual(['https://api.github.com']);
  });

  it.each(['kubernetes', 'a/b/c', '../x', 'a/..', 'https://github.com/a/b'])('takes no repository %j', (name) => {
    expect(() => parseConfig({ knownIssues: { repositories: [name] } })).toThrow(ConfigError);
  });

  it.each([[{ systems: 1 }], [{ system: [] }], [null], [{ systems: [{ name: 'a' }] }], [{ cacheMaxBytes: 5 }]])(
    'refuses %j',
    (json) => {
      expect(() => parseConfig(json)).toThrow(ConfigError);
    },
  );
});
