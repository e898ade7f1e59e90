// The arguments of a call: typed in a JSON body, all strings in a form, where lists and objects are JSON in a string.
import { badArguments, Refusal } from './refusal.ts';
import { isFields, type Fields } from './schema.ts';

export class Args {
  readonly fields: Fields;

  constructor(fields: Fields) {
    this.fields = fields;
  }

  /** Whether it was given at all. */
  has(name: string): boolean {
    const value = this.fields[name];
    return value !== undefined && value !== null && value !== '';
  }

  /** A text that must be there. */
  text(name: string): string {
    const value = this.maybe(name);
    if (value === undefined) throw badArguments(`missing required field: ${name}`);
    return value;
  }

  /** A text that may be there. */
  maybe(name: string): string | undefined {
    const value = this.fields[name];
    return typeof value === 'string' ? value : typeof value === 'number' ? `${value}` : undefined;
  }

  /** A yes or no, as a form or as JSON says it. */
  flag(name: string): boolean | null {
    const value = this.fields[name];
    if (typeof value === 'boolean') return value;
    if (value === 'true' || value === '1' || value === 1) return true;
    if (value === 'false' || value === '0' || value === 0) return false;
    return null;
  }

  /** A whole number, or what stands for it. */
  count(name: string, missing: number): number {
    const value = Number(this.fields[name] ?? missing);
    if (!Number.isInteger(value) || value < 0) throw badArguments(`must provide an integer [json-pointer:/${name}]`);
    return value;
  }

  /** A list or an object, which a form brings as JSON; `wrong` is what Slack calls it when it is none. */
  json(name: string, wrong = 'invalid_arguments'): unknown {
    const value = this.fields[name];
    if (typeof value !== 'string') return value;
    try {
      return JSON.parse(value);
    } catch {
      throw new Refusal(wrong);
    }
  }

  /** A list that may be there. */
  list(name: string, wrong?: string): readonly unknown[] | undefined {
    if (!this.has(name)) return undefined;
    const value = this.json(name, wrong);
    if (!Array.isArray(value)) throw new Refusal(wrong ?? 'invalid_arguments');
    return value as unknown[];
  }

  /** An object that may be there. */
  object(name: string, wrong?: string): Fields | undefined {
    if (!this.has(name)) return undefined;
    const value = this.json(name, wrong);
    if (!isFields(value)) throw new Refusal(wrong ?? 'invalid_arguments');
    return value;
  }
}
