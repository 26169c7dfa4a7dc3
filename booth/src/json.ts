/**
 * Canonical JSON (belenios-format.md §2): compact, fields in the order in which the object was
 * built, absent fields omitted, raw UTF-8.
 *
 * Field order is the caller's business: every type of the format has one function that builds
 * its object in the order of the text. Reading strictly means: parse, check the shape, build
 * again, compare the bytes. That one comparison refuses unknown and repeated fields, white
 * space, other number spellings and other escapes.
 */

/** Values that occur in the format. */
export type Json = string | number | boolean | readonly Json[] | { readonly [key: string]: Json | undefined };

/** The canonical text of a value. */
export function canonical(value: Json): string {
  // JSON.stringify escapes exactly as §2 asks, but leaves DEL alone.
  return JSON.stringify(value).replace(/\x7f/g, '\\u007f');
}

/** The parsed value, or `undefined` if this is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Whether the value is an object with named fields. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether the value is an array of this length with items of this kind. */
export function isArrayOf<T>(
  value: unknown,
  length: number,
  item: (candidate: unknown) => candidate is T,
): value is T[] {
  return Array.isArray(value) && value.length === length && value.every(item);
}

/** Whether the value is a string. */
export function isString(value: unknown): value is string {
  return typeof value === 'string';
}
