import { describe, expect, it } from 'vitest';
import { bandsOf } from '../../src/logs/signature-bands.ts';
import { signatureOf } from '../../src/logs/signature.ts';

const bands = (text: string): number[] => bandsOf(signatureOf(text));
const shared = (a: string, b: string): number => bands(a).filter((band) => bands(b).includes(band)).length;

describe('the bands of a signature', () => {
  it('are the same whenever they are made: stores keep them', () => {
    expect(bands('error: failed to create cluster: quota exceeded')).toMatchInlineSnapshot(`
      [
        76307664940,
        4416314858322,
        9525619499571,
        13242643046714,
        17602821056279,
        23087565346683,
        26825998864562,
        31159402655579,
      ]
    `);
  });

  it('are shared by what reads almost alike', () => {
    const text =
      'failed to create the VPC of cluster alpha in region one: the maximum number of addresses has been reached';
    expect(shared(text, text.replace('alpha', 'beta'))).toBeGreaterThan(0);
    expect(shared(text, text)).toBe(8);
  });

  it('are not shared by what has nothing in common', () => {
    expect(shared('connection refused by peer', 'panic: runtime error in goroutine')).toBe(0);
  });

  it('are whole numbers that every engine keeps, of any text', () => {
    for (const text of ['', '\0', 'ж'.repeat(999), 'a '.repeat(400)])
      for (const band of bands(text)) expect(Number.isSafeInteger(band) && band >= 0).toBe(true);
  });
});
