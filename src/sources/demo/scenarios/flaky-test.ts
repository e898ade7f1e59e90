// A flaky test: alone the reason of about one red run in seven, the newest among them; other times a retry passes.
import type { Complaint, Episode } from '../model.ts';
import { failed, flaky, gce, INFORMING, type ScenarioScript } from './script.ts';

const TEST = '[It] [sig-storage] CSI Volumes should detach a volume while its node drains';
const LINE = 'volume pvc-scratch is still attached to the drained node after 3m0s';

export const DETACH: Complaint = {
  message: `${LINE}\nTimed out after 180.004s.`,
  at: 'k8s.io/kubernetes/test/e2e/storage/drain.go:204',
  said: [
    'I@ drain.go:188] VolumeAttachment csi-4f1c2d still exists, attached=true, will try again',
    'I@ drain.go:188] VolumeAttachment csi-4f1c2d still exists, attached=true, will try again',
  ],
  stack: [
    'k8s.io/kubernetes/test/e2e/storage.waitForDetach({0x5d2a7c8, 0xc000b1e000})',
    '\ttest/e2e/storage/drain.go:204 +0x2b1',
  ],
};

const RED = new Set([0, 7, 13, 22, 29, 35]);
const RETRIED = new Set([3, 10, 17, 25, 31]);

const episode = (index: number): Episode => {
  if (RED.has(index)) return { tests: [failed(TEST, DETACH)] };
  return RETRIED.has(index) ? { tests: [flaky(TEST, DETACH)] } : {};
};

export const flakyTest: ScenarioScript = {
  id: 'flaky-test',
  title: 'A known flaky test failed again',
  question: 'Why is gce-storage-slow red?',
  job: { ...gce('storage-slow'), dashboard: INFORMING, episode },
  truth: (job) => ({
    state: 'failing',
    locus: 'test',
    recurrence: 'known flake',
    cause: { test: TEST, line: LINE, artifact: 'build-log.txt' },
    firstFailing: job.runs[0]?.build ?? '',
    lastPassing: job.runs[1]?.build ?? '',
  }),
};
