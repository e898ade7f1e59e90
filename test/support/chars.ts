/** The characters of a text, as units for fast-check's strings. */
export const chars = (text: string): string[] => Array.from(text);
