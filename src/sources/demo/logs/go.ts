// The build log of a single-container job that checks a Go repository: modules, vet, unit tests.
import { klogTime } from '../clock.ts';
import type { DemoJob, DemoRun } from '../model.ts';
import { Random } from '../random.ts';
import { testResults } from '../results.ts';

const MODULES = [
  'k8s.io/api',
  'k8s.io/client-go',
  'golang.org/x/net',
  'github.com/example-org/wire',
  'sigs.k8s.io/yaml',
];
const PACKAGES = ['api/v1', 'controller', 'store', 'queue', 'config', 'webhook', 'internal/retry', 'cmd/widgetd'];

export function goLog(job: DemoJob, run: DemoRun): string[] {
  const random = new Random(job.seed, job.name, run.build, 'go');
  const { halt } = run.episode;
  const head = [
    `I${klogTime(run.started)}      12 clone.go:88] checked out ${job.layout.repo} at ${run.pull?.sha ?? run.commit}`,
    '+ make verify test',
    ...Array.from(
      { length: random.int(120, 260) },
      () => `go: downloading ${random.pick(MODULES)} v0.${random.int(1, 60)}.${random.int(0, 9)}`,
    ),
    'go vet ./...',
  ];
  if (halt?.at === 'step') return [...head, ...halt.log];
  const tests = testResults(job, run).flatMap(({ name, seconds, outcome }) => [
    `=== RUN   ${name}`,
    `    log.go:31: reconciled ${random.int(1, 40)} objects, 0 errors`,
    `--- ${outcome === 'failed' ? 'FAIL' : 'PASS'}: ${name} (${(seconds / 40).toFixed(2)}s)`,
  ]);
  const packages = PACKAGES.map(
    (name) =>
      `ok  \tgithub.com/${job.layout.repo}/${name}\t${random.int(1, 30)}.${random.int(100, 999)}s\tcoverage: ${random.int(52, 93)}.${random.int(0, 9)}% of statements`,
  );
  return [...head, ...tests, 'PASS', ...packages, '+ echo done', 'done'];
}
