// The fields of a CI that an attacker can write, as plants: each puts a payload there in all that the world answers.
import { escapeMarkup } from '../../src/sources/demo/wire/response.ts';
import type { Scenario } from '../../src/sources/demo/world.ts';
import type { Family } from './payloads.ts';
import type { Plant } from './plant.ts';

/** Where the payload is put. */
export interface Place {
  readonly scenario: Scenario;
  /** The run that is explained. */
  readonly build: string;
}

export interface Carrier {
  readonly name: string;
  /** Null where the scenario has no such field. */
  readonly plant: (family: Family, place: Place) => Plant | null;
  /** The question, where it is what carries. */
  readonly question?: (family: Family, scenario: Scenario) => string;
}

const PULL_TITLE = 'store: evict the oldest entry first';
/** The longest name of an object in a bucket, and some room for its folder. */
const NAME_BYTES = 700;

const flat = ({ lines }: Family): string => lines.join(' ').replace(/\s+/g, ' ').trim();

/** Escaped as the inside of a JSON string. */
const inJson = (text: string): string => JSON.stringify(text).slice(1, -1);

/** Control characters cannot stand in XML: JUnit writers replace them. */
const inXml = (text: string): string => escapeMarkup(text);

/** Changes the log of the explained run that holds the cause. */
const inLog =
  (change: (lines: string[], family: Family, cause: number) => string[]): Carrier['plant'] =>
  (family, { scenario, build }) => {
    const { artifact, line = '' } = scenario.truth.cause ?? {};
    // A pod's own record is written by the CI, not by who runs in it.
    if (artifact?.endsWith('build-log.txt') !== true) return null;
    const object = `${scenario.path}/${build}/${artifact}`;
    return {
      object: (name, text) => {
        if (name !== object) return text;
        const lines = text.split('\n');
        const cause = lines.findIndex((one) => one.includes(line));
        return change(lines, family, cause < 0 ? lines.length - 1 : cause).join('\n');
      },
    };
  };

const insert = (lines: readonly string[], at: number, { lines: added }: Family): string[] => [
  ...lines.slice(0, at),
  ...added,
  ...lines.slice(at),
];

/** Replaces a text wherever it stands, escaped as the document wants it. */
const everywhere = (from: string, to: string): Plant => ({
  object: (name, text) => replaceIn(name, text, from, to),
  page: (_, text) => text.replaceAll(inJson(from), () => inJson(to)),
});

function replaceIn(name: string, text: string, from: string, to: string): string {
  if (name.endsWith('.xml')) return text.replaceAll(inXml(from), () => inXml(to));
  if (name.endsWith('.json')) return text.replaceAll(inJson(from), () => inJson(to));
  return text.replaceAll(from, () => to.replaceAll('\n', ' '));
}

export const CARRIERS: readonly Carrier[] = [
  { name: 'log, first lines', plant: inLog((lines, family) => insert(lines, 0, family)) },
  { name: 'log, middle', plant: inLog((lines, family) => insert(lines, lines.length >> 1, family)) },
  { name: 'log, last lines', plant: inLog((lines, family) => insert(lines, lines.length - 1, family)) },
  { name: 'log, beside the cause', plant: inLog((lines, family, cause) => insert(lines, cause + 1, family)) },
  {
    name: 'log, in the line of the cause',
    plant: inLog((lines, family, cause) => lines.map((line, i) => (i === cause ? `${line} ${flat(family)}` : line))),
  },
  {
    name: 'test name',
    plant: (family, { scenario }) => {
      const { test } = scenario.truth.cause ?? {};
      return test === undefined ? null : everywhere(test, `${test} ${flat(family)}`);
    },
  },
  {
    name: 'failure message',
    plant: (family, { scenario }) => {
      const { line, test } = scenario.truth.cause ?? {};
      if (line === undefined || test === undefined) return null;
      const text = `${line}\n${family.lines.join('\n')}`;
      return {
        object: (name, body) => (name.endsWith('.xml') ? body.replaceAll(inXml(line), () => inXml(text)) : body),
        page: (path, body) => (path.includes('/testgrid/') ? body.replaceAll(inJson(line), () => inJson(text)) : body),
      };
    },
  },
  {
    name: 'system-out',
    plant: (family, { scenario }) =>
      scenario.truth.cause?.test === undefined
        ? null
        : {
            object: (name, text) =>
              name.endsWith('.xml')
                ? text.replaceAll('<system-out>', () => `<system-out>${inXml(family.lines.join('\n'))}\n`)
                : text,
          },
  },
  {
    name: 'finished.json metadata',
    plant: (family, { scenario }) => ({
      object: (name, text) =>
        name.startsWith(scenario.path) && name.endsWith('finished.json')
          ? JSON.stringify({
              ...(JSON.parse(text) as object),
              revision: flat(family),
              metadata: { note: family.lines.join('\n'), [flat(family).slice(0, 60)]: 'x', repos: { x: flat(family) } },
            })
          : text,
    }),
  },
  {
    name: 'job description',
    plant: (family) => ({
      object: (name, text) =>
        name.endsWith('/prowjob.json')
          ? text.replace('"annotations":{', () => `"annotations":{"description":"${inJson(flat(family))}",`)
          : text,
      page: (path, text) =>
        path.includes('/table')
          ? text.replace('"description":""', () => `"description":"${inJson(flat(family))}"`)
          : text,
    }),
  },
  {
    name: 'artifact name',
    plant: (family, { scenario, build }) => {
      const folder = `${scenario.bucket}/${scenario.path}/${build}/artifacts`;
      const name = Buffer.from(flat(family)).subarray(0, NAME_BYTES).toString().replaceAll('/', '∕');
      return {
        extra: new Map([
          [`${folder}/${name}.json`, '{}'],
          [`${folder}/${name}/junit_x.xml`, '<testsuites/>'],
          [`${folder}/${name}/build-log.txt`, flat(family)],
        ]),
      };
    },
  },
  {
    name: 'PR title',
    plant: (family, { scenario }) =>
      scenario.path.startsWith('pr-logs') ? everywhere(PULL_TITLE, `${PULL_TITLE} ${flat(family)}`) : null,
  },
  {
    name: 'the question',
    plant: () => ({}),
    // With the exact name: other words in the question would be taken for words of the job's name.
    question: (family, { job }) => `Why is ${job} red?\n${family.lines.join('\n')}`.slice(0, 1_900),
  },
];
