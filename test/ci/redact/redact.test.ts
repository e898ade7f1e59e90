import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CI_CLASSES } from '../../../evals/redaction/classes.ts';
import { isShown, make } from '../../../evals/redaction/make.ts';
import { ASSIGNED } from '../../../src/ci/redact/assigned.ts';
import { CI_TOKENS } from '../../../src/ci/redact/ci-tokens.ts';
import { redact, redactDeep, redactPart, redactText } from '../../../src/ci/redact/redact.ts';
import { SERVICE_TOKENS } from '../../../src/ci/redact/service-tokens.ts';
import { oneLine } from '../../../src/ci/text.ts';
import { Random } from '../../../src/sources/demo/random.ts';
import { chars } from '../../support/chars.ts';

const random = new Random(7);
const TOKENS = [...CI_TOKENS, ...SERVICE_TOKENS];

describe('redaction', () => {
  it.each(CI_CLASSES.map(({ name, examples }) => ({ name, examples })))('finds $name', ({ name, examples }) => {
    for (const { text, secrets } of examples(new Random(3, name))) {
      const shown = redactText(text);

      for (const secret of secrets) expect(isShown(secret, shown), shown).toBe(false);
      expect(shown).toContain('[redacted: ');
      expect(shown.split('\n').length).toBe(text.split('\n').length);
    }
  });

  it('knows a token of every rule by its own shape, and names the rule', () => {
    for (const { rule, shape } of TOKENS) {
      const secret = make(shape, new Random(5, rule, shape));
      const { text, redactions } = redact(`value ${secret} end`);

      expect(isShown(secret, text), `${rule}: ${text}`).toBe(false);
      expect(redactions, rule).toHaveLength(1);
    }
  });

  it('knows a value by the name of its service', () => {
    for (const { rule, shape, words } of ASSIGNED) {
      const secret = make(shape, new Random(5, rule, shape));

      expect(isShown(secret, redactText(`${words[0] ?? ''}_key: "${secret}"`)), rule).toBe(false);
    }
  });

  it('says the rule and the line of each secret', () => {
    const [first, second] = [make('ghp_<alnum 36>', random), make('xoxb-<digit 12>-<alnum 24>', random)];

    const { text, redactions } = redact(`one\n${first}\n\nuse ${second}, please`);

    expect(text).toBe('one\n[redacted: github-pat]\n\nuse [redacted: slack-bot-token], please');
    expect(redactions).toEqual([
      { rule: 'github-pat', line: 2 },
      { rule: 'slack-bot-token', line: 4 },
    ]);
  });

  it('is not misled by colours and invisible characters inside a secret', () => {
    const secret = make('ghp_<alnum 36>', random);
    const hidden = `\u001b[1m${secret.slice(0, 9)}\u001b[31m${secret.slice(9, 20)}\u200b${secret.slice(20)}\u001b[0m`;

    expect(redactText(`token ${hidden} end`)).toMatch(/^token \u001b\[1m\[redacted: [a-z-]+\]\u001b\[0m end$/);
  });

  it('leaves names, paths, versions, digests and placeholders', () => {
    const benign = [
      'secret/builder-dockercfg-x7k2p created',
      'token=<your-token> password=*** apiKey: ${API_KEY} secret: {{ .Values.secret }}',
      'Secret "pull-secret" not found in namespace openshift-config',
      'pulling registry.ci.openshift.org/ocp/4.22@sha256:0a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f9',
      'tokenReview request-id=5d8f0f7c-1b1a-4c7b-9f0a-3d1f6a1b2c3d',
      'E1117 authentication.go:63] "Unable to authenticate the request" err="[invalid bearer token]"',
      'private-key=/home/jenkins/.minikube/certs/ca-key.pem org=jenkins.vm-20201217T011135',
      'at org.jenkinsci.plugins.CliGitAPIImpl.launchCommandWithCredentials(CliGitAPIImpl.java:2102)',
      'password authentication failed for user "postgres"',
      'cache-key: go-mod-4f2a9c1e7b3d5f60',
      'https://prow.ci.openshift.org/view/gs/test-platform-results/logs/x/1234567890123456789',
    ];

    expect(redact(benign.join('\n'))).toEqual({ text: benign.join('\n'), redactions: [] });
  });

  it('of a part shows no end of a secret that begins before it, and no beginning of one that goes on', () => {
    const key = Array.from({ length: 20 }, () => make('<base64 64>', random));
    const token = make('glpat-<word 20>', random);
    const text = ['-----BEGIN PRIVATE KEY-----', ...key, '-----END PRIVATE KEY-----', `say ${token}`].join('\n');
    const from = text.indexOf(key[7] ?? '') + 10;

    const { text: part, redactions } = redactPart(text, from, text.length - 9);

    for (const secret of [...key, token]) expect(isShown(secret, part)).toBe(false);
    expect(part.split('\n').length).toBe(text.slice(from).split('\n').length);
    expect(redactions.at(0)).toEqual({ rule: 'private-key', line: 1 });
  });

  it('sees a line whole before it is cut for showing', () => {
    const token = make('ghp_<alnum 36>', random);
    const line = oneLine(`${'x '.repeat(90)}${token}${' y'.repeat(90)}`, 300);

    expect(isShown(token, line)).toBe(false);
  });

  it('goes through all texts of a value', () => {
    const token = make('npm_<alnum 36>', random);

    expect(redactDeep({ a: [token, 1, null], [token]: { b: `x ${token}` } })).toEqual({
      a: ['[redacted: npm-access-token]', 1, null],
      '[redacted: npm-access-token]': { b: 'x [redacted: npm-access-token]' },
    });
  });
});

describe('redaction of any text', () => {
  const secret = fc.nat().map((seed) => {
    const drawn = new Random('any', seed);
    return make(drawn.pick(TOKENS).shape, drawn);
  });
  const line = fc.nat().map((seed) => {
    const drawn = new Random('example', seed);
    return drawn.pick(drawn.pick(CI_CLASSES).examples(drawn)).text;
  });
  const junk = fc.string({
    unit: fc.constantFrom(...chars('abzAZ019 =:"\'\\/.,;-_~+@&<>[](){}\n\r\t\u001b\u200b|$%é€😀')),
  });
  const anyText = fc
    .array(fc.oneof(secret, line, junk, fc.constantFrom('token=', '"password": "', '[redacted: jwt]', '\n', ' ')), {
      maxLength: 12,
    })
    .map((parts) => parts.join(''));

  it('is idempotent', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const once = redactText(text);
        expect(redactText(once)).toBe(once);
      }),
      { numRuns: 2_000 },
    );
  });

  it('keeps every line', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(redactText(text).split('\n').length).toBe(text.split('\n').length);
      }),
      { numRuns: 2_000 },
    );
  });

  it('changes nothing where no literal of a rule stands', () => {
    const plain = fc.string({ unit: fc.constantFrom(...chars('bcdfghjlmnpqrvz 0123456789.,:;=\n\t')) });
    fc.assert(
      fc.property(plain, (text) => {
        expect(redact(text)).toEqual({ text, redactions: [] });
      }),
      { numRuns: 1_000 },
    );
  });

  it('never shows a token of a known shape, wherever it stands', () => {
    const edge = fc.string({ unit: fc.constantFrom(...chars(' \n"\'=:,;()<>[]{}|')), minLength: 1 });
    fc.assert(
      fc.property(edge, secret, edge, (before, token, after) => {
        expect(isShown(token, redactText(before + token + after))).toBe(false);
      }),
      { numRuns: 1_000 },
    );
  });
});
