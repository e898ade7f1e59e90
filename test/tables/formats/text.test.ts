import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvWriter } from '../../../src/tables/formats/csv.ts';
import { jsonlWriter } from '../../../src/tables/formats/jsonl.ts';
import type { ColumnFacts, ColumnType, Values } from '../../../src/tables/table.ts';

const column = (name: string, type: ColumnType): ColumnFacts => ({
  name,
  type,
  unit: null,
  meaning: '',
  source: '',
  nullable: true,
});
const COLUMNS = [column('text', 'text'), column('number', 'number'), column('time', 'time'), column('json', 'json')];

type Make = typeof csvWriter;

function written(make: Make, rows: readonly Values[]): string {
  let text = '';
  const writer = make(COLUMNS, (chunk) => (text += String(chunk)));
  writer.write(rows);
  writer.end();
  return text;
}

/** Fields by RFC 4180, rows after the header. */
function parsed(csv: string): string[][] {
  const rows: string[][] = [];
  let fields: string[] = [];
  for (const [, quoted, plain = '', end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    fields.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === '\r\n') {
      rows.push(fields);
      fields = [];
    }
  }
  return rows.slice(1);
}

describe('CSV', () => {
  it('has a header, CRLF, quotes where they are needed, ISO times, and nothing for what is missing', () => {
    const rows = [
      ['a "b", c', 0.5, Date.UTC(2026, 10, 20, 9), { Commit: 'x' }],
      [null, null, null, null],
      ['two\nlines', -1, 0, {}],
    ];

    expect(written(csvWriter, rows)).toBe(
      'text,number,time,json\r\n' +
        '"a ""b"", c",0.5,2026-11-20T09:00:00.000Z,"{""Commit"":""x""}"\r\n' +
        ',,,\r\n' +
        '"two\nlines",-1,1970-01-01T00:00:00.000Z,{}\r\n',
    );
  });

  it.each(['=1+1', '+ nodesReady=0', '-x', '@cmd', '\tx', '\nx', '＝x', "'=x"])('lets %j be no formula', (text) => {
    const [[field = ''] = []] = parsed(written(csvWriter, [[text, 1, 0, {}]]));

    expect(field).toBe(`'${text}`);
  });

  it('gives back every text: one apostrophe off what begins as a formula', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: fc.constantFrom('=', '+', '-', '@', "'", '\t', '\n', '\r', ',', '"', 'a') })),
        (texts) => {
          const fields = parsed(
            written(
              csvWriter,
              texts.map((text) => [text, 1, 0, {}]),
            ),
          ).map(([field = '']) => field);
          const restored = fields.map((field) => (/^''{0,99}[=+\-@\t\n\r]/.test(field) ? field.slice(1) : field));

          expect(fields.filter((field) => /^[=+\-@\t\n\r]/.test(field))).toEqual([]);
          expect(restored).toEqual(texts);
        },
      ),
    );
  });

  it('hands on what it writes in pieces', () => {
    const pieces: number[] = [];
    const writer = csvWriter(COLUMNS, (chunk) => pieces.push(chunk.length));
    writer.write(Array.from({ length: 10_000 }, () => ['x'.repeat(100), 1, 0, {}]));
    writer.end();

    expect(pieces.length).toBeGreaterThan(10);
    expect(Math.max(...pieces)).toBeLessThan(70_000);
  });
});

describe('JSON lines', () => {
  it('has an object a row with every column', () => {
    const [one, two] = written(jsonlWriter, [
      ['=1', 0.5, 0, { Commit: 'x' }],
      [null, null, null, null],
    ]).split('\n');

    expect(JSON.parse(one ?? '')).toEqual({
      text: '=1',
      number: 0.5,
      time: '1970-01-01T00:00:00.000Z',
      json: { Commit: 'x' },
    });
    expect(JSON.parse(two ?? '')).toEqual({ text: null, number: null, time: null, json: null });
  });
});
