// The 20 classes of secrets that CI logs leak, each as logs write it.
import type { Random } from '../../src/sources/demo/random.ts';
import { make } from './make.ts';

export interface SecretClass {
  readonly name: string;
  /** Texts with their secrets. */
  readonly examples: (random: Random) => readonly Example[];
}

export interface Example {
  readonly text: string;
  readonly secrets: readonly string[];
}

/** One secret of a shape in each of the texts, `§` its place. */
const written =
  (shape: string, ...texts: readonly string[]): SecretClass['examples'] =>
  (random) =>
    texts.map((text) => {
      const secret = make(shape, random);
      return { text: text.replaceAll('§', () => secret), secrets: [secret] };
    });

/** How a token stands in a log: by itself, in a command, a variable, JSON, a URL, with colours. */
const ANYWHERE = [
  '§',
  '2026-08-11T03:04:05Z INFO using token §.',
  "+ export TOKEN='§'",
  '{"level":"info","msg":"auth","token":"§","n":3}',
  String.raw`fail [test.go:12]: got "{\"token\":\"§\"}"\n§\n`,
  'https://oauth2:§@example.com/org/repo.git',
  'TOKEN=§&scope=all',
  'level=debug msg="\u001b[31m§\u001b[0m rejected"',
];

const pem = (kind: string, random: Random): string[] => [
  `-----BEGIN ${kind}PRIVATE KEY-----`,
  ...Array.from({ length: 24 }, () => make('<base64 64>', random)),
  make('<base64 42>==', random),
  `-----END ${kind}PRIVATE KEY-----`,
];

const bodyOf = (lines: readonly string[]): string[] => lines.filter((line) => !line.startsWith('-----'));

export const CI_CLASSES: readonly SecretClass[] = [
  {
    name: 'AWS key pair',
    examples: (random) => {
      const pair = (): [string, string] => [make('{AKIA|ASIA}<base32 16>', random), make('<base64 40>', random)];
      return [
        (id: string, key: string) => `AWS_ACCESS_KEY_ID=${id}\nAWS_SECRET_ACCESS_KEY=${key}\n`,
        (id: string, key: string) => `[default]\naws_access_key_id = ${id}\naws_secret_access_key = ${key}`,
        (id: string, key: string) => `{"AccessKeyId":"${id}","SecretAccessKey":"${key}"}`,
        (id: string, key: string) => `credentials: ${id} ${key}`,
        (id: string, key: string) => `accessKeyID: ${id}\nsecretAccessKey: ${key}`,
      ].map((text) => {
        const [id, key] = pair();
        return { text: text(id, key), secrets: [id, key] };
      });
    },
  },
  { name: 'GitHub ghp_', examples: written('ghp_<alnum 36>', ...ANYWHERE) },
  { name: 'GitHub gho_', examples: written('gho_<alnum 36>', ...ANYWHERE) },
  { name: 'GitHub ghs_', examples: written('ghs_<alnum 36>', ...ANYWHERE) },
  { name: 'GitHub github_pat_', examples: written('github_pat_<alnum 22>_<alnum 59>', ...ANYWHERE) },
  {
    name: 'Slack xox*',
    examples: (random) =>
      [
        'xoxb-<digit 12>-<digit 13>-<alnum 24>',
        'xoxp-<digit 12>-<digit 12>-<digit 13>-<hex 32>',
        'xoxa-2-<alnum 40>',
        'xapp-1-<upper 11>-<digit 13>-<hex 64>',
        'xoxe.xoxp-1-<alnum 160>',
      ].flatMap((shape) => written(shape, ...ANYWHERE)(random)),
  },
  {
    name: 'GCP service account JSON',
    examples: (random) => {
      const lines = pem('', random);
      const head = '{"type":"service_account","project_id":"p","private_key":"';
      const tail = '","client_email":"x@p.iam.gserviceaccount.com"}';
      const escaped = `${head}${lines.join(String.raw`\n`)}${tail}`;
      return [
        { text: escaped, secrets: bodyOf(lines) },
        { text: `msg=${JSON.stringify(escaped)}`, secrets: bodyOf(lines) },
      ];
    },
  },
  { name: 'GCP API key', examples: written('AIza<word 35>', ...ANYWHERE) },
  { name: 'GCP ya29 token', examples: written('ya29.<word 120>', ...ANYWHERE) },
  { name: 'JWT', examples: written('eyJhbGciOi<alnum 20>.eyJpc3Mi<alnum 90>.<word 43>', ...ANYWHERE) },
  {
    name: 'OpenShift sha256~',
    examples: written('sha256~<word 43>', ...ANYWHERE, 'oc login --token=§ --server=https://api.x:6443'),
  },
  {
    name: 'registry auth',
    examples: written(
      '<base64 40>==',
      '{"auths":{"quay.io":{"auth":"§","email":""}}}',
      String.raw`"{\"auths\":{\"registry.ci.openshift.org\":{\"auth\":\"§\"}}}"`,
      '    "auth": "§"',
    ),
  },
  {
    name: 'basic-auth URL',
    examples: written(
      '<alnum 14>',
      'https://admin:§@registry.example.com/v2/',
      'fatal: unable to access "https://ci-robot:§@github.com/org/repo.git/": 403',
      'postgres://app:§@10.0.0.7:5432/db',
      'HTTP_PROXY=http://proxy:§@squid.example:3128',
    ),
  },
  {
    name: 'PEM private key',
    examples: (random) => {
      const kinds = ['RSA ', '', 'EC ', 'OPENSSH ', 'ENCRYPTED '];
      return kinds.flatMap((kind) => {
        const lines = pem(kind, random);
        const secrets = bodyOf(lines);
        return [
          { text: `before\n${lines.join('\n')}\nafter`, secrets },
          { text: lines.map((line) => `    ${line}\r`).join('\n'), secrets },
          { text: lines.map((line) => `2026-08-11T03:04:05Z ${line}`).join('\n'), secrets },
          { text: lines.slice(0, 9).join('\n'), secrets: secrets.slice(0, 8) },
        ];
      });
    },
  },
  {
    name: 'npm token',
    examples: written('npm_<alnum 36>', ...ANYWHERE, '//registry.npmjs.org/:_authToken=§'),
  },
  {
    name: 'OpenAI and Anthropic keys',
    examples: (random) =>
      [
        'sk-<alnum 20>T3BlbkFJ<alnum 20>',
        'sk-proj-<alnum 74>T3BlbkFJ<alnum 74>',
        'sk-ant-api03-<word 93>AA',
        'sk-ant-admin01-<word 93>AA',
      ].flatMap((shape) => written(shape, ...ANYWHERE)(random)),
  },
  {
    name: 'kubeconfig token and certificate data',
    examples: (random) => [
      ...written(
        'LS0tLS1CRUdJTi<base64 600>==',
        '    client-key-data: §',
        '    client-certificate-data: §',
        '"certificate-authority-data":"§"',
      )(random),
      ...written('<lower 6>.<lower 16>', '    token: §', 'kubeadm join 10.0.0.1:6443 --token §')(random),
      ...written('<word 40>', 'users:\n- name: ci\n  user:\n    token: §')(random),
    ],
  },
  {
    name: 'Azure secrets',
    examples: (random) => [
      ...written(
        '<tilde 3>8Q~<tilde 34>',
        'clientSecret: §',
        'AZURE_CLIENT_SECRET=§',
        '"aadClientSecret": "§",',
      )(random),
      ...written(
        '<base64 86>==',
        'DefaultEndpointsProtocol=https;AccountName=x;AccountKey=§;EndpointSuffix=core.windows.net',
      )(random),
      ...written('<alnum 40>%3D', 'https://x.blob.core.windows.net/c/f?sv=2024-08-04&se=2026-01-01&sr=b&sig=§')(random),
    ],
  },
  {
    name: 'Vault tokens',
    examples: (random) =>
      ['hvs.<word 95>', 'hvs.<word 24>', 'hvb.<word 140>'].flatMap((shape) =>
        written(shape, ...ANYWHERE, 'X-Vault-Token: §')(random),
      ),
  },
  {
    name: 'bearer header',
    examples: written(
      '<word 40>',
      'Authorization: Bearer §',
      "curl -sH 'authorization: bearer §' https://example.com",
      '"Authorization":["Bearer §"]',
      '> GET /v2/ HTTP/1.1 Authorization: Bearer §',
      String.raw`headers={\"Authorization\":\"Bearer §\"}`,
    ),
  },
];
