// Colour for a terminal, or none.
import { styleText } from 'node:util';

export interface Paint {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly green: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly cyan: (text: string) => string;
}

const style =
  (format: Parameters<typeof styleText>[0]) =>
  (text: string): string =>
    styleText(format, text, { validateStream: false });

export const coloured: Paint = {
  bold: style('bold'),
  dim: style('dim'),
  red: style(['red', 'bold']),
  green: style(['green', 'bold']),
  yellow: style(['yellow', 'bold']),
  cyan: style('cyan'),
};

const same = (text: string): string => text;
export const plain: Paint = { bold: same, dim: same, red: same, green: same, yellow: same, cyan: same };

/** The state of a tab or dashboard in capitals, in its colour. */
export function paintState(state: string, paint: Paint): string {
  const colour = state === 'passing' ? paint.green : state === 'failing' ? paint.red : paint.yellow;
  return colour(state.toUpperCase());
}
