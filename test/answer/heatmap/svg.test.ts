import { describe, expect, it } from 'vitest';
import { gridPng } from '../../../src/answer/heatmap/png.ts';
import { gridSvg } from '../../../src/answer/heatmap/svg.ts';
import { textPixels } from '../../../src/answer/heatmap/svg/font.ts';
import type { Job } from '../../../src/ci/job.ts';
import { green, made, regression, type Made, type MadeRow } from './made.ts';

const sites = {
  deck: 'https://prow.k8s.io',
  storage: 'https://storage.googleapis.com',
  testgrid: 'https://testgrid.k8s.io',
};
const job: Job = {
  system: 'kubernetes',
  bucket: 'kubernetes-ci-logs',
  kind: 'periodic',
  name: 'ci-kubernetes-e2e-gce-network',
};
const draw = ({ grid, findings }: Made): string => gridSvg(grid, findings, { sites, job });
const isPng = (bytes: Buffer): boolean => bytes.subarray(1, 4).toString() === 'PNG';

describe('a grid as SVG', () => {
  it('shows what broke, when, what is flaky and which runs are events', async () => {
    await expect(draw(regression())).toMatchFileSnapshot('__snapshots__/regression.svg');
  });

  it('of a green grid is small', async () => {
    await expect(draw(green())).toMatchFileSnapshot('__snapshots__/green.svg');
  });

  it('links every run to its page, and needs nothing else', () => {
    const svg = draw(regression());
    const links = Array.from(svg.matchAll(/href="([^"]*)"/g), ([, url]) => url ?? '');

    expect(new Set(links).size).toBe(26);
    for (const url of links)
      expect(url).toMatch(
        /^https:\/\/prow\.k8s\.io\/view\/gs\/kubernetes-ci-logs\/logs\/ci-kubernetes-e2e-gce-network\/\d+$/,
      );
    expect(svg).not.toMatch(/<(?:image|script|style|use|foreignObject)|@import|url\((?!#)/);
  });

  it('links nothing where the job is not known or a build is no id', () => {
    const { grid, findings } = regression();
    const columns = findings.columns.map((column) => ({ ...column, build: '../../evil' }));

    expect(gridSvg(grid, findings, { sites: null, job: null })).not.toContain('href');
    expect(gridSvg(grid, { ...findings, columns }, { sites, job })).not.toContain('href');
  });

  it('escapes names and messages, and stays XML', () => {
    const name = `</text><script>"&'\u0000\ufffe\u001b[31m\ud800]]>`;
    const hostile = made([{ name, cells: '..F', class: 'regression', set: [2], message: '<b>&\u202e' }], '...');
    const svg = draw(hostile);

    expect(svg).not.toMatch(/<script|<b>|[\u0000-\u0009\u000b-\u001f\ufffe\u202e]/);
    expect(isPng(gridPng(svg, 1))).toBe(true);
  });

  it.each([
    [0, 0],
    [1, 1],
    [3, 2],
    [30, 60],
    [300, 60],
    [1200, 1],
  ])('draws %i runs of %i tests', (n, rows) => {
    const grid = made(
      Array.from({ length: rows }, (_, i): MadeRow => ({
        name: `test ${i}`,
        cells: '.F'.repeat(n / 2 + 1).slice(0, n),
        class: 'flaky',
      })),
      '.'.repeat(n),
    );
    const svg = draw(grid);
    const [, width = ''] = /<svg [^>]*?width="(\d+)"/.exec(svg) ?? [];

    expect(Number(width)).toBeGreaterThan(800);
    expect(Number(width)).toBeLessThan(2200);
    expect(svg.length).toBeLessThan(6_000_000);
    if (n > 300) expect(svg).toContain('left of the map: 900 older runs');
  });

  it('becomes the same PNG each time', () => {
    const svg = draw(regression());
    const png = gridPng(svg, 1);

    expect(isPng(png)).toBe(true);
    expect(gridPng(svg, 1).equals(png)).toBe(true);
    expect(gridPng(svg).length).toBeGreaterThan(png.length);
  });
});

describe('text in pixels', () => {
  it('is as wide as in the font, and never too narrow for what is not Latin', () => {
    expect(textPixels('abc', 10)).toBeCloseTo(17.95);
    expect(textPixels('日本', 10)).toBe(20);
  });
});
