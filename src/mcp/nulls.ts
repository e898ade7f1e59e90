// On the wire a field that is not known is absent: shorter, and a schema without null is one that every client takes.

type Schema = Readonly<Record<string, unknown>>;

/** The value without its fields that are null, at any depth. */
export function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => (inner === null ? [] : [[key, withoutNulls(inner)]])),
  );
}

/** The JSON schema of {@link withoutNulls}'s outcome: what may be null is not required, and is not null. */
export function withoutNullTypes(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutNullTypes);
  if (typeof schema !== 'object' || schema === null) return schema;
  const { properties, required, ...rest } = schema as Schema;
  const others = Object.fromEntries(Object.entries(rest).map(([key, inner]) => [key, withoutNullTypes(inner)]));
  if (typeof properties !== 'object' || properties === null) return { ...others, ...(required ? { required } : {}) };
  const fields = Object.entries(properties).map(([name, field]) => ({ name, ...notNull(field as Schema) }));
  const optional = new Set(fields.filter(({ wasNullable }) => wasNullable).map(({ name }) => name));
  const needed = (required as string[] | undefined)?.filter((name) => !optional.has(name));
  return {
    ...others,
    properties: Object.fromEntries(fields.map(({ name, field }) => [name, withoutNullTypes(field)])),
    ...(needed && needed.length > 0 ? { required: needed } : {}),
  };
}

/** A field's schema without its null. */
function notNull(field: Schema): { field: Schema; wasNullable: boolean } {
  const { type, anyOf, ...rest } = field;
  if (Array.isArray(type) && type.includes('null')) {
    const [only, ...more] = type.filter((one) => one !== 'null') as string[];
    return { field: { type: more.length > 0 ? [only, ...more] : only, ...rest }, wasNullable: true };
  }
  const isNull = (branch: unknown): boolean => (branch as Schema).type === 'null';
  if (!Array.isArray(anyOf) || !anyOf.some(isNull)) return { field, wasNullable: false };
  const branches = anyOf.filter((branch) => !isNull(branch)) as Schema[];
  return {
    field: branches.length === 1 ? { ...branches[0], ...rest } : { anyOf: branches, ...rest },
    wasNullable: true,
  };
}
