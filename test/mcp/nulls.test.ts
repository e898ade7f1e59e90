import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { withoutNulls, withoutNullTypes } from '../../src/mcp/nulls.ts';

describe('a result on the wire', () => {
  it('has no null in a field, at any depth', () => {
    expect(withoutNulls({ a: null, b: { c: null, d: 0 }, e: [{ f: null }, ''], g: false })).toEqual({
      b: { d: 0 },
      e: [{}, ''],
      g: false,
    });
  });

  it('keeps everything that is not null', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.stringify(withoutNulls(value))).toBe(
          JSON.stringify(value, (_, inner: unknown) =>
            inner !== null && typeof inner === 'object' && !Array.isArray(inner)
              ? Object.fromEntries(Object.entries(inner).filter(([, field]) => field !== null))
              : inner,
          ),
        );
      }),
    );
  });
});

describe('the schema of a result', () => {
  it('does not ask for what may be null, and has no null in it', () => {
    const schema = z.toJSONSchema(
      z.strictObject({
        a: z.string().nullable().describe('why'),
        b: z.array(z.strictObject({ c: z.int().nullable(), d: z.boolean() })),
        e: z.strictObject({ f: z.enum(['x']).nullable() }).nullable(),
        g: z.union([z.string(), z.number()]).nullable(),
      }),
    );

    const told = withoutNullTypes(schema) as typeof schema;

    expect(JSON.stringify(told)).not.toContain('"null"');
    expect(told.required).toEqual(['b']);
    expect(told.properties?.['a']).toEqual({ type: 'string', description: 'why' });
  });
});
