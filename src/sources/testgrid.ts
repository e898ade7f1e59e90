// TestGrid: dashboards and tabs by its v1 API, grids by its table page.
import { z } from 'zod';
import { decodeTable } from '../grids/decode.ts';
import type { Fetched, Http } from './http.ts';
import { parseJson } from './json.ts';
import type { Grids } from './ports.ts';

const HOUR = 3_600_000;
const LIST_BYTES = 8 * 1024 * 1024;
const TABLE_BYTES = 64 * 1024 * 1024;

const Names = z.array(z.object({ name: z.string() }).transform(({ name }) => name)).optional();
const Dashboards = z.object({ dashboards: Names });
const Tabs = z.object({ dashboard_tabs: Names });

/** @param base where TestGrid answers, without a slash at the end */
export function testgrid(http: Http, base: string): Grids {
  const list = (url: string, what: string, accept: (json: unknown) => string[]): Promise<Fetched<string[]>> =>
    http.get({
      service: 'testgrid',
      what,
      url,
      keep: HOUR,
      maxBytes: LIST_BYTES,
      partial: 'refuse',
      accept: (body) => accept(parseJson(body.bytes)),
    });
  return {
    dashboards: () =>
      list(`${base}/api/v1/dashboards`, 'list of dashboards', (json) => Dashboards.parse(json).dashboards ?? []),
    tabs: (dashboard) =>
      list(
        `${base}/api/v1/dashboards/${encodeURIComponent(dashboard.toWellFormed())}/tabs`,
        `tabs of dashboard ${dashboard}`,
        (json) => Tabs.parse(json).dashboard_tabs ?? [],
      ),
    table: (dashboard, tab, { durations = false } = {}) =>
      http.get({
        service: 'testgrid',
        what: `grid ${dashboard}#${tab}`,
        url: `${base}/${encodeURIComponent(dashboard.toWellFormed())}/table?tab=${encodeURIComponent(tab.toWellFormed())}&show-stale-tests=${durations ? '&graph-metrics=test-duration-minutes' : ''}`,
        keep: 5 * 60_000,
        maxBytes: TABLE_BYTES,
        partial: 'refuse',
        accept: (body) => decodeTable(parseJson(body.bytes), { dashboard, tab }),
      }),
  };
}
