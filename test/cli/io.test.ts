import { describe, expect, it } from 'vitest';
import { widthOf, type Io } from '../../src/cli/io.ts';

const width = (columns: number | undefined, said?: string): number => {
  const io: Io = {
    stdout: { write: () => true, ...(columns === undefined ? {} : { columns }) },
    stderr: { write: () => true },
    env: { COLUMNS: said },
    clock: () => 0,
    signal: new AbortController().signal,
  };
  return widthOf(io);
};

describe('the width of what is written', () => {
  it('is that of the terminal, or what COLUMNS says where there is none, within bounds', () => {
    expect(width(100, '70')).toBe(100);
    expect(width(undefined, '70')).toBe(70);
    expect(width(undefined)).toBe(110);
    for (const said of ['', 'wide', '-3', '0', '70.5']) expect(width(undefined, said)).toBe(110);
    expect(width(undefined, '9')).toBe(60);
    expect(width(undefined, '9999')).toBe(140);
  });
});
