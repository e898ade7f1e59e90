// The one model of jobs, runs and results, from which tables, pages, JUnit and logs are all projected.

/** What a failing test says, in JUnit and in the log alike. */
export interface Complaint {
  /** The reason, in one or more lines. */
  readonly message: string;
  /** Source position of the failed assertion. */
  readonly at: string;
  /** The stack below it. */
  readonly stack: readonly string[];
  /** What the test printed before it failed; JUnit's system-out. `I@ ` stands for a klog header of that moment. */
  readonly said: readonly string[];
}

/** A test that does not simply pass: `flaky` failed first and passed when it was tried again in the same run. */
export interface BadTest {
  readonly test: string;
  readonly outcome: 'failed' | 'flaky';
  readonly complaint: Complaint;
}

/** What ended a run before its tests could decide it. */
export type Halt =
  /** ci-operator itself gave up: no lease, a build that fails. `log` is what it printed about it. */
  | {
      readonly at: 'ci-operator';
      readonly minutes: number;
      readonly junitCase: string;
      readonly log: readonly string[];
      readonly problem: string;
      readonly reason: string;
      /** Log of a failed image build, kept as an artifact too. */
      readonly buildLog?: { readonly image: string; readonly lines: readonly string[] };
    }
  /** A step (or the one container of a Kubernetes style job) failed; `log` is the end of its log. */
  | {
      readonly at: 'step';
      readonly step: string;
      readonly minutes: number;
      readonly exit: number;
      readonly log: readonly string[];
      /** What ci-operator says when the step's container never ran. */
      readonly podProblem?: string;
    }
  /** The step was interrupted at its time limit. */
  | { readonly at: 'deadline'; readonly step: string; readonly minutes: number; readonly limit: string }
  /** The pod was lost: its log has no end, or there is none. */
  | {
      readonly at: 'pod';
      readonly minutes: number;
      readonly row: string;
      readonly hasLog: boolean;
      readonly events: readonly PodEvent[];
    };

export interface PodEvent {
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
  readonly from: string;
}

/** What is special about a run; an empty episode is an ordinary green run. */
export interface Episode {
  readonly tests?: readonly BadTest[];
  readonly halt?: Halt;
  /** Steps that fail after the cause and because of it. */
  readonly secondary?: readonly string[];
  /** How long the tests take, as a multiple of the usual. */
  readonly pace?: number;
  /** Lines in the middle of the test log, such as what the cluster's components said; `E@ ` as above. */
  readonly asides?: readonly string[];
}

/** A job of many steps run by ci-operator. */
export interface OpenShiftLayout {
  readonly kind: 'openshift';
  readonly target: string;
  readonly version: string;
  readonly stepGraph: boolean;
  readonly lease: string;
  /** The repository whose ci-operator config defines the job. */
  readonly repo: string;
  /** Images built from source before the test. */
  readonly images: readonly string[];
}

/** A job of a single container. */
export interface KubernetesLayout {
  readonly kind: 'kubernetes';
  readonly repo: string;
  /** `e2e` brings up a cluster and runs Ginkgo; `go` runs the repository's own checks. */
  readonly work: 'e2e' | 'go';
}

export interface PullRefs {
  readonly number: number;
  readonly author: string;
  readonly title: string;
  readonly baseSha: string;
  readonly sha: string;
}

export interface StepResult {
  readonly name: string;
  readonly phase: 'pre' | 'test' | 'post';
  readonly started: number;
  readonly ended: number;
  readonly passed: boolean;
}

export interface DemoRun {
  readonly build: string;
  /** The run's folder in the bucket, without a slash at the end. */
  readonly folder: string;
  readonly started: number;
  readonly ended: number;
  readonly state: 'passed' | 'failed' | 'pending';
  readonly episode: Episode;
  readonly commit: string;
  readonly infraCommit: string;
  /** Release payload under test (OpenShift). */
  readonly payload: string;
  readonly steps: readonly StepResult[];
  /** Names of the tests that exist in this run. */
  readonly tests: readonly string[];
  readonly pull: PullRefs | null;
}

export interface DemoJob {
  readonly name: string;
  readonly bucket: string;
  /** Where its history is: `logs/<job>`, or `pr-logs/directory/<job>` for presubmits. */
  readonly history: string;
  readonly dashboard: string;
  readonly tab: string;
  readonly layout: OpenShiftLayout | KubernetesLayout;
  readonly seed: number;
  readonly skipped: readonly string[];
  /** How long before the world's present its newest run ended. */
  readonly idleMs: number;
  /** Newest first. */
  readonly runs: readonly DemoRun[];
}

/** The result of one test in one run. */
export interface TestResult {
  readonly name: string;
  readonly outcome: 'passed' | 'failed' | 'flaky' | 'skipped';
  /** When the logs speak of it; other tests run at the same time. */
  readonly from: number;
  readonly to: number;
  /** How long it took. */
  readonly seconds: number;
  readonly complaint: Complaint | null;
}
