// A job that is always green.
import { nightly, OCP_BLOCKING, type ScenarioScript } from './script.ts';

export const healthy: ScenarioScript = {
  id: 'healthy',
  title: 'A healthy job',
  question: 'Why is periodic-ci-openshift-release-main-nightly-4.22-e2e-aws-ovn red?',
  job: { ...nightly('e2e-aws-ovn'), dashboard: OCP_BLOCKING, runs: 36, everyHours: 8 },
  truth: () => ({ state: 'passing', locus: null, recurrence: null, cause: null }),
};
