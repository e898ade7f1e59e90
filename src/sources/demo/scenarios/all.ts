// All scenarios, in the order in which the demo tells them.
import { flakyTest } from './flaky-test.ts';
import { greenButFlaky } from './green-but-flaky.ts';
import { healthy } from './healthy.ts';
import { imageBuild } from './image-build.ts';
import { imagePull } from './image-pull.ts';
import { injection } from './injection.ts';
import { installBootstrap } from './install-bootstrap.ts';
import { kubernetesRegression } from './kubernetes-regression.ts';
import { lease } from './lease.ts';
import { massFailure } from './mass-failure.ts';
import { newTest } from './new-test.ts';
import { nodeLost } from './node-lost.ts';
import { openshiftRegression } from './openshift-regression.ts';
import { pullRequest } from './pull-request.ts';
import { quota } from './quota.ts';
import { recovered } from './recovered.ts';
import type { ScenarioScript } from './script.ts';
import { stale } from './stale.ts';
import { timeout } from './timeout.ts';

export const SCENARIOS: readonly ScenarioScript[] = [
  kubernetesRegression,
  openshiftRegression,
  flakyTest,
  greenButFlaky,
  lease,
  quota,
  imagePull,
  nodeLost,
  installBootstrap,
  newTest,
  imageBuild,
  timeout,
  massFailure,
  recovered,
  stale,
  injection,
  healthy,
  ...pullRequest,
];
