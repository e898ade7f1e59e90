// A small language of checks that says what Slack says of a payload it refuses: the message, and where by JSON pointer.

export type Fields = Readonly<Record<string, unknown>>;
/** Tells of one thing that is wrong. */
export type Report = (message: string, pointer: string) => void;
export type Check = (value: unknown, pointer: string, report: Report) => void;

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A text of so many characters. */
export const text =
  (max: number, min = 1): Check =>
  (value, pointer, report) => {
    if (typeof value !== 'string') report('must provide a string', pointer);
    else if (value.length < min) report(`must be more than ${min - 1} characters`, pointer);
    else if (value.length > max) report(`must be less than ${max + 1} characters`, pointer);
  };

export const flag: Check = (value, pointer, report) => {
  if (typeof value !== 'boolean') report('must provide a boolean', pointer);
};

export const number =
  (min = -Infinity, max = Infinity): Check =>
  (value, pointer, report) => {
    if (typeof value !== 'number') report('must provide a number', pointer);
    else if (value < min || value > max) report(`must be between ${min} and ${max}`, pointer);
  };

export const oneOf =
  (...values: readonly string[]): Check =>
  (value, pointer, report) => {
    if (typeof value !== 'string' || !values.includes(value)) report('must be a valid enum value', pointer);
  };

export const anything: Check = () => undefined;

/** An address of the web. */
export const url =
  (max: number): Check =>
  (value, pointer, report) => {
    text(max)(value, pointer, report);
    if (typeof value === 'string' && !/^https?:\/\/[^\s]/.test(value)) report('must be a valid URL', pointer);
  };

/** A list of so many items, each of them checked. */
export const list =
  (item: Check, max = Infinity, min = 1): Check =>
  (value, pointer, report) => {
    if (!Array.isArray(value)) {
      report('must provide an array', pointer);
      return;
    }
    if (value.length < min) report(`no fewer than ${min} items allowed`, pointer);
    if (value.length > max) report(`no more than ${max} items allowed`, pointer);
    value.forEach((one: unknown, index) => item(one, `${pointer}/${index}`, report));
  };

/** An object with these fields and no others. */
export const shape =
  (required: Readonly<Record<string, Check>>, optional: Readonly<Record<string, Check>> = {}): Check =>
  (value, pointer, report) => {
    if (!isFields(value)) {
      report('must provide an object', pointer);
      return;
    }
    for (const name of Object.keys(required))
      if (value[name] === undefined || value[name] === null) report(`missing required field: ${name}`, pointer);
    for (const [name, one] of Object.entries(value)) {
      if (one === undefined || one === null) continue;
      const check = Object.hasOwn(required, name)
        ? required[name]
        : Object.hasOwn(optional, name)
          ? optional[name]
          : undefined;
      if (check) check(one, `${pointer}/${name}`, report);
      else report(`invalid additional property: ${name}`, pointer);
    }
  };

/** An object that its `type` tells how to check. */
export const byType =
  (types: Readonly<Record<string, Check>>): Check =>
  (value, pointer, report) => {
    if (!isFields(value)) {
      report('must provide an object', pointer);
      return;
    }
    const type = value['type'];
    if (typeof type !== 'string') report('missing required field: type', pointer);
    else if (!Object.hasOwn(types, type)) report(`unsupported type: ${type}`, `${pointer}/type`);
    else types[type]?.(value, pointer, report);
  };

/** Several checks of one value. */
export const all =
  (...checks: readonly Check[]): Check =>
  (value, pointer, report) => {
    for (const check of checks) check(value, pointer, report);
  };

/** A check of the fields of an object against one another. */
export const when =
  (wrong: (value: Fields) => boolean, message: string): Check =>
  (value, pointer, report) => {
    if (isFields(value) && wrong(value)) report(message, pointer);
  };

/** What is wrong with a value, in Slack's words. */
export function problemsOf(check: Check, value: unknown, pointer: string): string[] {
  const problems: string[] = [];
  check(value, pointer, (message, at) => problems.push(`${message} [json-pointer:${at}]`));
  return problems;
}
