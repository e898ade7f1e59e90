// CI infrastructure: the node under the pod goes away, so the log has no end and only podinfo.json says why.
import type { Episode, PodEvent } from '../model.ts';
import { BLOCKING, gce, seriesOf, type ScenarioScript } from './script.ts';

const LINE = 'Marking for deletion Pod: node is unreachable, NodeNotReady';

const EVENTS: readonly PodEvent[] = [
  {
    type: 'Warning',
    reason: 'NodeNotReady',
    message: 'Node is not ready: NODE stopped posting node status',
    from: 'node-controller',
  },
  { type: 'Normal', reason: 'TaintManagerEviction', message: `${LINE} (NODE)`, from: 'taint-eviction-controller' },
];

const lost: Episode = {
  halt: { at: 'pod', minutes: 23, row: 'pod evicted: node is unreachable', hasLog: true, events: EVENTS },
};
const neverStarted: Episode = {
  halt: {
    at: 'pod',
    minutes: 11,
    row: 'pod could not initialize: containers with incomplete status: [initupload place-entrypoint]',
    hasLog: false,
    events: EVENTS,
  },
};

const FAILING = 3;

export const nodeLost: ScenarioScript = {
  id: 'node-lost',
  title: 'The node of the build cluster went away',
  question: 'What happened to ci-kubernetes-e2e-gce-scale-correctness?',
  job: {
    ...gce('scale-correctness'),
    dashboard: BLOCKING,
    everyHours: 12,
    episode: (index) => (index === 1 ? neverStarted : index < FAILING ? lost : {}),
  },
  truth: (job) => {
    const { firstFailing = '', lastPassing = '' } = seriesOf(job, FAILING);
    return {
      state: 'failing',
      locus: 'ci infrastructure',
      recurrence: 'outage',
      cause: { line: LINE, artifact: 'podinfo.json' },
      firstFailing,
      lastPassing,
    };
  },
};
