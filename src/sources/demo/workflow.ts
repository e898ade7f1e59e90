// The steps of a multi-stage test, and how long each took in a run.
import { SECOND } from './clock.ts';
import type { Episode, StepResult } from './model.ts';
import type { Random } from './random.ts';

export const INSTALL_STEP = 'ipi-install-install';
export const TEST_STEP = 'openshift-e2e-test';

type Step = Pick<StepResult, 'name' | 'phase'> & { readonly seconds: readonly [low: number, high: number] };

/** The installer-provisioned AWS workflow. The test step's time is the job's own. */
const WORKFLOW: readonly Step[] = [
  { name: 'ipi-conf', phase: 'pre', seconds: [10, 14] },
  { name: 'ipi-conf-aws', phase: 'pre', seconds: [10, 20] },
  { name: 'ipi-install-rbac', phase: 'pre', seconds: [10, 12] },
  { name: INSTALL_STEP, phase: 'pre', seconds: [1900, 2600] },
  { name: TEST_STEP, phase: 'test', seconds: [0, 0] },
  { name: 'gather-aws-console', phase: 'post', seconds: [20, 60] },
  { name: 'gather-must-gather', phase: 'post', seconds: [300, 800] },
  { name: 'gather-extra', phase: 'post', seconds: [240, 600] },
  { name: 'gather-audit-logs', phase: 'post', seconds: [60, 150] },
  { name: 'ipi-deprovision-deprovision', phase: 'post', seconds: [300, 650] },
];

/** The step that makes a run with this episode fail; null when none does. */
export function failingStep(episode: Episode): string | null {
  const { halt } = episode;
  if (halt?.at === 'step' || halt?.at === 'deadline') return halt.step;
  return episode.tests?.some(({ outcome }) => outcome === 'failed') === true ? TEST_STEP : null;
}

/**
 * The steps of a run, in order. After a step fails, those of the phases before `post` do not run.
 * @param at when the first step starts
 * @param testMs how long the tests take
 */
export function stepsOf(episode: Episode, at: number, testMs: number, random: Random): StepResult[] {
  if (episode.halt?.at === 'ci-operator') return [];
  const failing = failingStep(episode);
  const halted = episode.halt?.at === 'step' || episode.halt?.at === 'deadline' ? episode.halt : null;
  const steps: StepResult[] = [];
  let failed = false;
  for (const { name, phase, seconds } of WORKFLOW) {
    const usual = name === TEST_STEP ? testMs : random.int(...seconds) * SECOND;
    if (failed && phase !== 'post') continue;
    const passed = name !== failing && episode.secondary?.includes(name) !== true;
    failed ||= name === failing;
    const started = steps.at(-1)?.ended ?? at;
    const ended = started + (name === halted?.step ? halted.minutes * 60 * SECOND : usual);
    steps.push({ name, phase, started, ended, passed });
  }
  return steps;
}
