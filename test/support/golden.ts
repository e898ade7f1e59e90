// Three real grids read back from a predecessor's charts, and its micro-arrays, as run-length strings.
import type { Column, Grid, Row } from '../../src/grids/grid.ts';
import { codesIn, STATUS } from '../../src/grids/status.ts';

const CODE: Readonly<Record<string, number>> = {
  '.': STATUS.NO_RESULT,
  P: STATUS.PASS,
  R: STATUS.RUNNING,
  F: STATUS.FAIL,
  K: STATUS.FLAKY,
};

/**
 * The codes of a run-length string, newest first: a letter (`P`, `F`, `K` flaky, `R` running, `.` no result) or a
 * group in parentheses, and how often it stands there.
 */
export function cells(text: string): Uint8Array {
  const codes: number[] = [];
  let read = 0;
  for (const [whole, group, letter, count] of text.matchAll(/(?:\(([^()]*)\)|([.PRFK]))(\d*)/g)) {
    const unit = group === undefined ? [CODE[letter ?? ''] ?? 0] : [...cells(group)];
    for (let i = 0; i < Number(count === '' ? 1 : count); i += 1) codes.push(...unit);
    read += whole.length;
  }
  if (read !== text.length) throw new Error(`not a run-length string: ${text}`);
  return Uint8Array.from(codes);
}

/** The micro-arrays by their ids, newest first. */
export const micro = {
  B1: cells('P6F11P7'),
  A1: cells('P5(PF)8P3'),
  A7: cells('(PF)11'),
  P24: cells('P24'),
  F24: cells('F24'),
  A4: cells('(F.)2F5.2F7'),
  A5: cells('P8(PF)2P23PFPPFPFP16'),
  A6: cells('P8(PF)2P45'),
  empty: cells(''),
  PPP: cells('PPP'),
  G3: cells('PFPPKPPPPF'),
  G4: cells('PFFPPPPFPP'),
  G5: cells('PF5PFPF'),
  G6: cells('PFFKFFPFPF'),
  gap1: cells('PF.F.FP'),
  gap2: cells('PPF..F.F.PP'),
  X1: cells('.5'),
  X2: cells('K'),
  X3: cells('PRFP'),
  X4: cells('PFFPFFP'),
  dir1: cells('FPFP'),
  dir2: cells('PFPF'),
} as const satisfies Readonly<Record<string, Uint8Array>>;

/** Lines `0,3-5: pattern` as patterns by row. */
function patterns(lines: string): string[] {
  const rows: string[] = [];
  for (const line of lines.trim().split('\n')) {
    const [rowNumbers = '', pattern = ''] = line.trim().split(': ');
    for (const range of rowNumbers.split(',')) {
      const [from = 0, to = from] = range.split('-').map(Number);
      for (let row = from; row <= to; row += 1) rows[row] = pattern;
    }
  }
  return rows;
}

/** A row of a test without texts. */
export const madeRow = (name: string, statuses: Uint8Array): Row => ({
  name,
  statuses,
  codes: codesIn(statuses),
  messages: [],
  shortTexts: [],
  alert: null,
});

const row = (name: string, pattern: string): Row => {
  const statuses = cells(pattern);
  const none = Array.from(
    statuses.filter((code) => code !== STATUS.NO_RESULT),
    () => '',
  );
  return { ...madeRow(name, statuses), messages: none, shortTexts: none };
};

const DAY = 86_400_000;

/** One run a day, as the charts of grids A and B have it; the builds are made up, higher for newer. */
const daily = (count: number, newest: number): Column[] =>
  Array.from({ length: count }, (_, i) => ({
    build: String(1_300_000_000_000_000_000n + BigInt(count - i) * 1_000_000_000_000n),
    time: newest - i * DAY,
    headers: new Map<string, string>(),
  }));

const ROWS_A = patterns(`
0: F.F3.F3.F.F5.F.F3.F.F.F.F6.2F4.F3.F5.F6.
1: P5FP3.P9.P7.P8.2P14.P6.
2-3: P6FP2.P9.P7.P8.2P14.P6.
4-5: P7FP.P9.P7.P8.2P14.P6.
6: P9FP6FP2FP4FP2FP8F3P13FP5F2
7,9-12: P9.FP8.P7.P8.2P14.P6.
8: P9.FP8.P7.P8.2P14.P3FP2.
13-19,21-24: P9.P6FP2.P7.P8.2P14.P6.
20: .16F.41F.
25: .16F.43
26: P9.P6FP7FP2.P8.P15.P5F.
27: P9.P9FP7.P8.FP14.P6.
28: P9.P11FP5.P2.30
29: P9.P9.P4FP2.P8.2P14.P6.
30: P9.P17FP24.P6.
31: P9.P9.P7.FP7.2P14.P5F.
32: .36F.23
33-36: P9.P9.P7.P8.FP6.16
37-40: P9.P9.P7.P8.2P5FP8.P6.
41: P9.P9.P7.P8.2P8FP5.P6.
42: P9.P9.P7.P8.2P13F.P6.
43-45,49: .58F.
46-48: P9.P9.P7.P8.2P14.P5F.
`);

/** 4.3 compact on GCP: 50 tests, one run a day from 2020-08-09 to 2020-10-07. Row 6 is about the run as a whole. */
export const gridA = (): Grid => ({
  dashboard: 'redhat-openshift-ocp-release-4.3-informing',
  tab: 'release-openshift-origin-installer-e2e-gcp-compact-4.3',
  query: null,
  overall: null,
  minutes: null,
  columns: daily(60, Date.UTC(2020, 9, 7)),
  rows: ROWS_A.map((pattern, i) => row(`test ${i}`, pattern)),
  corrupt: [],
});

const ROWS_B = patterns(`
0: F21KFKF2K2PFK2FKFK3FKFK2FPF13KF38
1: F9PF9P.P23.2P3F5P2FP3FP3F3PF4P2FPFPF5PF3PFPF2PFP2F
2: F9PF9P.P23.2P3F5P43
3: F9PF9P.P23.2P3F5P2FP3F2P2F3PF5PFPFPF5PF5PF2PF2PF
4: F9.F9.2P19FP3.2P3F5P5.P7.P8FP5FP14
5: P9.P9F.P23.2P13.P7.P29
6: .20FP19.P3.2P3.5P.P3.P2FP4.PFP6.P5.P14
7: .20FK19.K3.2K3.5K.K3.F.36
8: .20K20.K3.2K3.5K.K3.K7.K8.K5.K14
9: .20K18.59
10-13: .20K17.60
14: .20K2PK8PK3P2.60
15-16: .20P2FP17.P3.2P3.5P.P3.P7.P8.P5.P14
17: .21PFPF2P3FP2FPFP3FP.P2F.2F3.5F.F2P.F5PF.PFP2F4.F5.F14
18: .20P4FP15.P3.2P3.5P.P3.P7.P8.P5.P14
19: .20P5FP14.P3.2P3.5F.P3.P7.PFP2FP2F.PFP3.P3KP10
20,27-30: .20P5FP14.P3.2P3.5P.P3.P7.P8.P5.P14
21: .20P5FP14.P3.2P3.5P.P3.P7.P5FP2.P5.P12FP
22: .20P5FP6FP7.P3.2P3.5P.P3.P7.P8.P5.P14
23: .20P5FP14.P3.2P3.5P.P3.P7.P8.P4F.P2FPFP9
24-26: .20P5FP6FP7.P3.2P3.5P.P3.P7.P5FP2.P4F.FPFPFPFP5FP
31,33: .21P4FP6FP11.2P3.5P5.P7.P5FP2FP4F3PFPFPFP5FP
32: .21P4FP6FP11.2P3.5P5.P7.P5FP2FP4FPFPFPFPFP5FP
34-35: .21P4FP6FP11.2P3.5P5.P7.P5FP7FPFPFPFPFP5FP
36: .20P9FP10.P3.2P3.5P.P3.P7.P8.P5.P14
37: .20P12FP7.P2F.2P2F.5P.P3.FPFPFPF.P6FP.P5.P14
38: .20P12FP7.P3.2P3.5P.P3.P7.P8.P5.P14
39: .20P12FP7.P3.2P3.5P.P3.P7.P8.P5.P6FP7
`);

/** 4.6 on AWS behind a proxy: the first 40 of its 1,084 rows over 97 runs, whose times are made up. */
export const gridB = (): Grid => ({
  dashboard: 'redhat-openshift-ocp-release-4.6-informing',
  tab: 'periodic-ci-openshift-release-master-ocp-4.6-e2e-aws-proxy',
  query: null,
  overall: null,
  minutes: null,
  columns: daily(97, Date.UTC(2020, 9, 20)),
  rows: ROWS_B.map((pattern, i) => row(`test ${i}`, pattern)),
  corrupt: [],
});

/** The columns of grid C, newest first: build, start (ms), minutes of the whole run. */
const COLUMNS_C = `
1372535122330390528 1616072850000 164.9667
1372353507234942976 1616029551000 163.25
1372171845851156480 1615986240000 167.65
1371990292286148608 1615942953000 162.45
1371808757339656192 1615899672000 161.0167
1371627211211149312 1615856389000 164.2833
1371445677782994944 1615813107000 157.8833
1371264283366658048 1615769859000 163.5667
1371082838371209216 1615726599000 169.4333
1370901281094242304 1615683312000 163.4667
1370719715751628800 1615640024000 167.8667
1370538213357129728 1615596750000 160.7167
1370358921604108288 1615554026000 84.75
1370302741443776512 1615540610000 168.3333
1369994168893444096 1615467683000 14.4
1369811862551531520 1615423576000 166.95
1369630643398381568 1615380370000 163.9667
1369449096883998720 1615337085000 167.55
1369267681374507008 1615293832000 161.8333
1369086139733905408 1615250550000 172.1833
1368904775671746560 1615207308000 163.45
1368723410221273088 1615164068000 153.35
1368542014391455744 1615120820000 159.5833
1368360542443409408 1615077555000 159.1333
1368179004518961152 1615034271000 166.4333
1367997486991413248 1614990999000 156.2667
1367816194010124288 1614947770000 170.7333
1367634626750713856 1614904482000 168.8167
1367453420490854400 1614861279000 158.1
1367271859506122752 1614817991000 172.05`
  .trim()
  .split('\n')
  .map((line) => line.split(' '));

/** Minutes the runs of grid C took, newest first; 12 and 14 are the runs whose install failed. */
export const durationsC: readonly number[] = COLUMNS_C.map(([, , minutes]) => Number(minutes));

const OUTSIDE: ReadonlySet<number> = new Set([12, 14]);

const OPERATORS = `
authentication
cloud-credential
cluster-autoscaler
console
dns
image-registry
ingress
insights
kube-apiserver
kube-controller-manager
kube-scheduler
machine-api
machine-config
marketplace
monitoring
network
node-tuning
openshift-apiserver
openshift-controller-manager
openshift-samples
operator-lifecycle-manager
operator-lifecycle-manager-catalog
operator-lifecycle-manager-packageserver
service-ca
service-catalog-apiserver
service-catalog-controller-manager
storage`
  .trim()
  .split('\n')
  .map((name) => `Operator results.operator conditions ${name}`);

const E2E = 'operator.Run template e2e-aws-upgrade - e2e-aws-upgrade container';
const IMPORT = 'operator.Import the release payload';
const NAMES_C = [
  'Overall',
  `${E2E} test`,
  `${E2E} setup`,
  `${E2E} teardown`,
  `${IMPORT} "initial" from an external source`,
  `${IMPORT} "latest" from an external source`,
  'operator.Find all of the input images from ocp/4.1:${component} and tag them into the output image stream',
  'operator.All images are built and tagged into stable',
  ...OPERATORS,
  'Pod',
  'Symptom Detection.Bug 1812261: iptables is segfaulting',
  'Symptom Detection.Infrastructure - AWS simulate policy rate-limit',
  'Symptom Detection.Infrastructure - GCP quota exceeded (route to forum-gcp)',
  'Symptom Detection.Node process segfaulted',
  'Symptom Detection.Undiagnosed panic detected in pod',
  'openshift-tests.Monitor cluster while tests execute',
  'openshift-tests.[Disruptive] Cluster upgrade should maintain a functioning cluster [Feature:ClusterUpgrade] [Suite:openshift] [Serial]',
];

const ROWS_C = patterns(`
0: F21PF8
1: F12.F.F6PF8
2-7: P12.P.P15
8-9,22-23,27,41-42: F12.F.F6.F8
10,14-19,21,24-26,28-29,32-34,36-40: P12.P.P6.P8
11: P2FPFPFP5.P.P6.P8
12: F3PF2PF2P2F.F.P5F.FPF6
13: P5FP3FP2.P.P4FP.P4FPFP
20: P12.P.P6.P2FP5
30: PFP3FP2FPFP.P.FPFPFP.P5FPF
31: P2FP2FPFP2F2.P.P3F2P.FP5F2
35: P12FPFP15
`);

/** Upgrade and rollback 4.1 to 4.2, complete: 43 tests over 30 runs, in the order of a response with durations. */
export function gridC(): Grid {
  const job = 'release-openshift-origin-installer-e2e-aws-upgrade-rollback-4.1-to-4.2';
  return {
    dashboard: 'redhat-openshift-ocp-release-4.2-informing',
    tab: job,
    query: `origin-ci-test/logs/${job}`,
    overall: 'failing',
    minutes: null,
    columns: COLUMNS_C.map(([build = '', time], i): Column => ({ build, time: Number(time), headers: headersC(i) })),
    rows: ROWS_C.map((pattern, i) => withTexts(row(NAMES_C[i] ?? '', pattern))),
    corrupt: [],
  };
}

const headersC = (column: number): Map<string, string> =>
  OUTSIDE.has(column)
    ? new Map([
        ['Commit', 'missing'],
        ['Infra-Commit', 'missing'],
      ])
    : new Map([['Commit', '1']]);

/** The texts of `Overall`, which has a result in every column; and the alert of three failures in a row or more. */
function withTexts(plain: Row): Row {
  const results = plain.statuses.filter((code) => code !== STATUS.NO_RESULT);
  const passed = results.findIndex((code) => code !== STATUS.FAIL);
  const failCount = passed < 0 ? results.length : passed;
  const alert = failCount >= 3 ? { failCount, firstFailing: null, lastPassing: null } : null;
  if (plain.name !== 'Overall') return { ...plain, alert };
  const outside = (text: string): string[] => plain.messages.map((_, i) => (OUTSIDE.has(i) ? text : ''));
  return { ...plain, alert, messages: outside('Build failed outside of test results'), shortTexts: outside('F') };
}

/** A grid of one test, and more rows if given, beside ten that always pass, so that no column is an event. */
export function gridWith(statuses: Uint8Array, ...more: Row[]): Grid {
  const columns = Array.from(statuses, (_, i) => ({
    build: String(1000 - i),
    time: 1_700_000_000_000 - i * 3_600_000,
    headers: new Map<string, string>(),
  }));
  const passing = Array.from({ length: 10 }, (_, i) =>
    madeRow(`passing ${i}`, new Uint8Array(statuses.length).fill(1)),
  );
  return {
    dashboard: 'd',
    tab: 't',
    query: null,
    overall: null,
    minutes: null,
    columns,
    rows: [madeRow('test', statuses), ...more, ...passing],
    corrupt: [],
  };
}
