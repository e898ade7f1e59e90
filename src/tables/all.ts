// The tables there are.
import { failures } from './failures.ts';
import { grid } from './grid.ts';
import { metrics } from './metrics.ts';
import { runs } from './runs.ts';
import type { Table } from './table.ts';

export const TABLES: readonly Table[] = [grid, runs, failures, metrics];
