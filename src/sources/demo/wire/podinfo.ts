// podinfo.json: the pod a run had, its events, and its node.
import { rfc3339, SECOND } from '../clock.ts';
import type { DemoJob, DemoRun } from '../model.ts';
import { Random } from '../random.ts';

export function podInfo(job: DemoJob, run: DemoRun): object {
  const random = new Random(job.seed, run.build, 'pod');
  const { halt } = run.episode;
  const lost = halt?.at === 'pod' ? halt : null;
  const nodeName = `gke-prow-build-pool-${random.hex(8)}-${random.suffix(4)}`;
  const name = `pod-${random.hex(8)}`;
  const ordinary = [
    {
      type: 'Normal',
      reason: 'Scheduled',
      message: `Successfully assigned test-pods/${name} to ${nodeName}`,
      from: 'default-scheduler',
    },
    { type: 'Normal', reason: 'Started', message: 'Started container test', from: 'kubelet' },
  ];
  const events = [...ordinary, ...(lost?.events ?? [])];
  return {
    pod: {
      metadata: {
        name,
        namespace: 'test-pods',
        creationTimestamp: rfc3339(run.started),
        labels: { 'prow.k8s.io/build-id': run.build },
      },
      spec: { nodeName, containers: [{ name: 'test' }, { name: 'sidecar' }] },
      status: lost
        ? { phase: 'Failed', reason: 'NodeLost', message: lost.row }
        : { phase: run.state === 'passed' ? 'Succeeded' : 'Failed' },
    },
    events: events.map((event, i) => ({
      metadata: { name: `${name}.${random.hex(16)}`, namespace: 'test-pods' },
      type: event.type,
      reason: event.reason,
      message: event.message.replaceAll('NODE', nodeName),
      source: { component: event.from },
      count: 1,
      firstTimestamp: rfc3339(i < 2 ? run.started : run.ended - (events.length - i) * 40 * SECOND),
      lastTimestamp: rfc3339(i < 2 ? run.started : run.ended - (events.length - i) * 40 * SECOND),
    })),
    node: lost ? null : { metadata: { name: nodeName } },
  };
}
