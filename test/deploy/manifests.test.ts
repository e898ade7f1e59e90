import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseConfig } from '../../src/sources/config.ts';
import { SECRETS } from '../../src/cli/secret-files.ts';
import { buildOverlay, type Manifest } from '../support/kustomize.ts';
import { unknownFields } from './known-fields.ts';

interface Container {
  readonly name: string;
  readonly args: readonly string[];
  readonly env?: readonly { readonly name: string; readonly value: string }[];
  readonly securityContext: object;
  readonly resources: { readonly limits: { readonly memory?: string } };
}
interface PodSpec {
  readonly containers: readonly Container[];
  readonly securityContext: Readonly<Record<string, unknown>>;
}

/** Validators of the packages by group, version and kind. */
const MODULES: Readonly<Record<string, string>> = {
  v1: 'kubernetes-models/v1',
  'apps/v1': 'kubernetes-models/apps/v1',
  'batch/v1': 'kubernetes-models/batch/v1',
  'autoscaling/v2': 'kubernetes-models/autoscaling/v2',
  'policy/v1': 'kubernetes-models/policy/v1',
  'networking.k8s.io/v1': 'kubernetes-models/networking.k8s.io/v1',
  'monitoring.coreos.com/v1': '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1',
};
/** OpenShift's own kinds are in no package: their fields, as its CRDs have them. */
const OPENSHIFT: Readonly<Record<string, z.ZodType>> = {
  EgressFirewall: z.strictObject({
    egress: z
      .array(
        z.strictObject({
          type: z.enum(['Allow', 'Deny']),
          to: z.union([
            z.strictObject({ dnsName: z.string().regex(/^(?:[a-z0-9-]+\.)+[a-z0-9-]+$/) }),
            z.strictObject({ cidrSelector: z.union([z.cidrv4(), z.cidrv6()]) }),
          ]),
        }),
      )
      .min(1),
  }),
  Route: z.strictObject({
    host: z.string(),
    path: z.string(),
    to: z.strictObject({ kind: z.literal('Service'), name: z.string(), weight: z.int() }),
    port: z.strictObject({ targetPort: z.string() }),
    tls: z.strictObject({
      termination: z.enum(['edge', 'passthrough', 'reencrypt']),
      insecureEdgeTerminationPolicy: z.enum(['Allow', 'Disable', 'None', 'Redirect']),
    }),
  }),
};

type Model = new (data: object) => { validate(): void };

async function problemsOf(manifest: Manifest): Promise<string[]> {
  const own = OPENSHIFT[manifest.kind];
  if (own) return own.safeParse(manifest.spec).error?.issues.map(({ message }) => message) ?? [];
  const path = MODULES[manifest.apiVersion];
  if (path === undefined) return [`${manifest.apiVersion} has no schema here`];
  const models = (await import(path)) as Record<string, Model>;
  const model = models[manifest.kind];
  if (!model) return [`${manifest.kind} is unknown`];
  try {
    new model(manifest).validate();
    return [];
  } catch (error) {
    return [String(error)];
  }
}

const podOf = ({ spec }: Manifest): PodSpec | null =>
  (spec?.['template'] as { spec?: PodSpec } | undefined)?.spec ?? null;

const built = { kubernetes: buildOverlay('kubernetes'), openshift: buildOverlay('openshift') };
if (built.kubernetes === null) console.log('skipped: there is no kubectl to build manifests with');

describe.skipIf(built.kubernetes === null).each(['kubernetes', 'openshift'] as const)('the overlay for %s', (name) => {
  const manifests = built[name] ?? [];
  const pods = manifests.flatMap((manifest) => podOf(manifest) ?? []);
  const containers = pods.flatMap((pod) => pod.containers);

  it('is of manifests whose every field has the form its schema says', async () => {
    expect(manifests.length).toBeGreaterThan(12);
    for (const manifest of manifests) expect(await problemsOf(manifest), manifest.metadata.name).toEqual([]);
  });

  it('has no field that its kind does not know', () => {
    const known = manifests.filter(({ kind }) => !(kind in OPENSHIFT));
    expect(unknownFields(known.map((manifest) => [MODULES[manifest.apiVersion] ?? '', manifest]))).toEqual([]);
  }, 60_000);

  it('runs mcp, slack, worker and the migrations as the restricted standard asks', () => {
    expect(containers.map(({ args }) => args[0]).sort()).toEqual(['mcp', 'slack', 'store', 'worker']);
    for (const { securityContext, resources } of containers) {
      expect(securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
      expect(resources.limits.memory).toBeDefined();
    }
    // Which user is the cluster's to say.
    for (const { securityContext } of pods)
      expect(securityContext).toEqual({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
  });

  it('hands secrets over as files, and says none', () => {
    const settings = containers.flatMap(({ env = [] }) => env);
    expect(settings.length).toBeGreaterThan(4);
    const secrets = SECRETS.map((secret) => `${secret}_FILE`);
    for (const { name: setting, value } of settings) {
      expect(secrets).toContain(setting);
      expect(value).toMatch(/^\/etc\/whyred\/[a-z-]+$/);
    }
    expect(manifests.map(({ kind }) => kind)).not.toContain('Secret');
  });

  it('lets nothing out but DNS, HTTPS and PostgreSQL', () => {
    const policy = manifests.find(({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.name === 'whyred');
    const egress = policy?.spec?.['egress'] as { ports: { port: number }[] }[];
    const dns = name === 'openshift' ? 5353 : 53;
    expect(egress.flatMap(({ ports }) => ports.map(({ port }) => port)).sort()).toEqual([443, dns, dns, 5432].sort());
  });
});

describe('a manifest that is wrong', () => {
  const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'whyred' } };

  it('is told by its schema', async () => {
    const wrong = { ...account, automountServiceAccountToken: 'no' };
    expect(await problemsOf(wrong)).toEqual([expect.stringContaining('must be boolean')]);
  });

  it('is told by a field that its kind does not know', () => {
    const wrong = { ...account, automountServiceAcountToken: false };
    const [told = '', ...more] = unknownFields([['kubernetes-models/v1', wrong]]);
    expect(told).toContain('automountServiceAcountToken');
    expect(more).toEqual([]);
  });
});

describe.skipIf(built.openshift === null)('the firewall of OpenShift', () => {
  it('lets out to every host that whyred asks by default, and denies the rest', () => {
    const firewall = built.openshift?.find(({ kind }) => kind === 'EgressFirewall');
    const rules = firewall?.spec?.['egress'] as { type: string; to: { dnsName?: string; cidrSelector?: string } }[];
    const allowed = rules.filter(({ type }) => type === 'Allow').map(({ to }) => to.dnsName);
    const asked = parseConfig({}).systems.flatMap(({ sites }) => [sites.deck, sites.storage, sites.testgrid]);
    for (const url of asked) expect(allowed).toContain(new URL(url).hostname);
    expect(allowed).toContain('slack.com');
    expect(rules.slice(-2).map(({ type, to }) => `${type} ${to.cidrSelector ?? ''}`)).toEqual([
      'Deny 0.0.0.0/0',
      'Deny ::/0',
    ]);
  });
});
