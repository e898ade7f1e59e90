// Reads JUnit XML as a stream of cases, with limits, keeping where each failure stands in the file.
import { SaxesParser } from 'saxes';

export interface JunitCase {
  readonly name: string;
  readonly classname: string;
  readonly suite: string;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  /** The failure's message and text; empty for a case that did not fail. */
  readonly message: string;
  /** The `<failure>` or `<error>` element exactly as it stands in the file, cut at 2,000 characters. */
  readonly quote: string;
  /** Lines of `quote`, from 1. */
  readonly lines: { readonly from: number; readonly to: number } | null;
}

export interface JunitReport {
  readonly cases: readonly JunitCase[];
  /** What is wrong with the file, in words of ours; what came before it is kept. */
  readonly problems: readonly string[];
}

const MAX_DEPTH = 64;
const MAX_CASES = 200_000;
const MAX_TEXT = 64 * 1024;
const MAX_QUOTE = 2_000;

interface OpenCase {
  name: string;
  classname: string;
  outcome: JunitCase['outcome'];
  message: string;
  text: string;
  start: number;
  end: number;
}

/** The cases of a JUnit file. Never throws: a broken or foreign file gives what could be read and names the problem. */
export function readJunit(bytes: Buffer): JunitReport {
  const xml = new TextDecoder().decode(bytes);
  const cases: JunitCase[] = [];
  const problems = new Set<string>();
  const lineAt = lineCounter(xml);
  const path: string[] = [];
  const suites: string[] = [];
  let open: OpenCase | null = null;
  let inFailure = false;
  const parser = new SaxesParser();

  parser.on('error', () => problems.add('the XML is not well-formed'));
  parser.on('opentag', ({ name, attributes, isSelfClosing }) => {
    path.push(name);
    if (path.length > MAX_DEPTH) throw new Error('nested too deep');
    if (path.length === 1 && name !== 'testsuites' && name !== 'testsuite') problems.add('not a JUnit file');
    if (name === 'testsuite') suites.push(attributes['name'] ?? '');
    else if (name === 'testcase')
      open = {
        name: attributes['name'] ?? '',
        classname: attributes['classname'] ?? '',
        outcome: 'passed',
        message: '',
        text: '',
        start: -1,
        end: -1,
      };
    else if (open && name === 'skipped' && open.outcome === 'passed') open.outcome = 'skipped';
    else if (open && (name === 'failure' || name === 'error')) {
      inFailure = true;
      open.outcome = 'failed';
      if (open.start < 0) {
        open.message = attributes['message'] ?? '';
        open.start = xml.lastIndexOf(`<${name}`, parser.position);
        if (isSelfClosing) open.end = parser.position;
      }
    }
  });
  const addText = (text: string): void => {
    if (inFailure && open && open.text.length < MAX_TEXT) open.text += text;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', ({ name }) => {
    path.pop();
    if (name === 'failure' || name === 'error') {
      inFailure = false;
      if (open && open.end < 0) open.end = parser.position;
    } else if (name === 'testcase' && open) {
      if (cases.length >= MAX_CASES) throw new Error('too many cases');
      cases.push(finish(open, suites.at(-1) ?? '', xml, lineAt));
      open = null;
    } else if (name === 'testsuite') suites.pop();
  });

  try {
    parser.write(xml).close();
  } catch (error) {
    problems.add(error instanceof Error ? error.message.slice(0, 80) : 'unreadable');
  }
  const rest = open as OpenCase | null;
  if (rest?.outcome === 'failed') cases.push(finish({ ...rest, end: xml.length }, suites.at(-1) ?? '', xml, lineAt));
  return { cases, problems: [...problems] };
}

function finish(found: OpenCase, suite: string, xml: string, lineAt: (offset: number) => number): JunitCase {
  const { name, classname, outcome, start } = found;
  if (outcome !== 'failed' || start < 0)
    return { name, classname, suite, outcome, message: '', quote: '', lines: null };
  const cut = Math.min(found.end, start + MAX_QUOTE);
  // A cut must not split a character, and what was not UTF-8 in the file cannot be quoted as it stands.
  const end = xml.slice(start, cut).isWellFormed() ? cut : cut - 1;
  const quote = xml.slice(start, end).includes('\ufffd') ? '' : xml.slice(start, end);
  const message = [found.message, found.text].filter((part) => part.trim() !== '').join('\n');
  return { name, classname, suite, outcome, message, quote, lines: { from: lineAt(start), to: lineAt(end) } };
}

/** The line (from 1) of an offset; fast while offsets are asked for in order. */
function lineCounter(text: string): (offset: number) => number {
  let line = 1;
  let from = 0;
  return (offset) => {
    if (offset < from) {
      line = 1;
      from = 0;
    }
    for (let at = text.indexOf('\n', from); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) {
      line += 1;
      from = at + 1;
    }
    return line;
  };
}
