// The summary as one page that needs nothing from elsewhere: to read, to sort, to print, to pass on.
import { createHash } from 'node:crypto';
import { element, escapeText } from '../../answer/heatmap/svg/markup.ts';
import { percentWords, plural } from '../../answer/words.ts';
import { safeText } from '../../ci/text.ts';
import { SECTIONS, type Digest, type DigestItem, type JobLine, type Section } from '../digest.ts';
import {
  handoverWords,
  kindWords,
  messageOf,
  openingWords,
  rateWords,
  SECTION_TITLES,
  sinceWords,
  windowWords,
} from '../words.ts';
import { trendChart } from './chart.ts';
import { SCRIPT, STYLE } from './style.ts';

/** Heat maps by the address of their grid, each an SVG document. */
export type Pictures = ReadonlyMap<string, { readonly svg: string; readonly alt: string }>;

const text = (said: string): string => escapeText(safeText(said));
/** Addresses are made by us; what is none of the web's is not linked. */
const link = (url: string, said: string): string =>
  url.startsWith('https://') ? element('a', { href: url }, text(said)) : text(said);
const idOf = (section: Section): string => section.replaceAll(' ', '-');
const integrity = (script: string): string => `sha256-${createHash('sha256').update(script).digest('base64')}`;

/** The whole document. All that others wrote in it is cleaned, without secrets and escaped. */
export function digestPage(digest: Digest, pictures: Pictures): string {
  const title = `${safeText(digest.of)}: ${openingWords(digest)}`;
  const sections = SECTIONS.filter((section) => digest.items.some((item) => item.section === section));
  const policy = `default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src '${integrity(SCRIPT)}'; base-uri 'none'; form-action 'none'`;
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escapeText(title)}</title>`,
    `<style>${STYLE}</style>`,
    '</head>',
    '<body>',
    head(digest, sections),
    '<main>',
    ...sections.map((section) => sectionMarkup(section, digest, pictures)),
    trend(digest),
    jobsTable(digest),
    gaps(digest),
    '</main>',
    `<footer><p class="muted">Made by whyred. Every quote was checked against what was fetched; classes and shares are computed from the runs, aborted and infrastructure runs aside.</p></footer>`,
    `<script>${SCRIPT}</script>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function head(digest: Digest, sections: readonly Section[]): string {
  const handover = handoverWords(digest);
  const links = sections.map((section) => {
    const n = digest.items.filter((item) => item.section === section).length;
    return `<li><a href="#${idOf(section)}">${SECTION_TITLES[section]} (${n})</a></li>`;
  });
  return [
    '<header>',
    `<h1>${text(digest.of)}</h1>`,
    `<p class="muted">${windowWords(digest)}</p>`,
    `<p class="opening">${text(openingWords(digest))}.</p>`,
    handover === '' ? '' : `<p>${text(handover)}.</p>`,
    `<nav aria-label="Sections"><ul>${links.join('')}<li><a href="#jobs">All jobs (${digest.jobs.length})</a></li></ul></nav>`,
    '</header>',
  ].join('\n');
}

function sectionMarkup(section: Section, digest: Digest, pictures: Pictures): string {
  const items = digest.items.filter((item) => item.section === section);
  return [
    `<section aria-labelledby="${idOf(section)}">`,
    `<h2 id="${idOf(section)}">${SECTION_TITLES[section]}</h2>`,
    ...items.map((item) => itemMarkup(item, digest, pictures)),
    '</section>',
  ].join('\n');
}

function itemMarkup(item: DigestItem, digest: Digest, pictures: Pictures): string {
  const facts = [kindWords(item), rateWords(item), item.note ?? ''].filter((part) => part !== '').join(' · ');
  const message = messageOf(item);
  const jobs = item.jobs.map((job) => {
    const run = job.since === null ? '' : ` (${link(job.since.url, `run ${job.since.build}`)})`;
    return `<li>${link(job.url, job.name)}: ${text(sinceWords(item, job, digest.window.to))}${run}</li>`;
  });
  return [
    `<article class="${idOf(item.section)}">`,
    `<h3>${text(item.title)}</h3>`,
    facts === '' ? '' : `<p class="muted">${text(facts)}</p>`,
    message === null ? '' : `<pre>${text(message)}</pre>`,
    `<ul>${jobs.join('')}</ul>`,
    ...item.changes.map(([of, from, to]) => `<p class="muted">${text(`${of}: ${from} → ${to}`)}</p>`),
    evidence(item, digest),
    picture(item, pictures),
    '</article>',
  ].join('\n');
}

function evidence(item: DigestItem, digest: Digest): string {
  const cited = item.evidence.flatMap((id) => digest.evidence.find((known) => known.id === id) ?? []);
  const tests = item.testCount > 1 ? item.tests.map((name) => `<li>${text(name)}</li>`) : [];
  const more = item.testCount - item.tests.length;
  if (cited.length + tests.length === 0) return '';
  return [
    `<details><summary>Evidence${tests.length > 0 ? ` and ${plural(item.testCount, 'test')}` : ''}: ${text(item.title)}</summary>`,
    tests.length > 0 ? `<ul>${tests.join('')}${more > 0 ? `<li>and ${more} more</li>` : ''}</ul>` : '',
    ...cited.map(({ id, title, url, quote }) => `<p>[${id}] ${link(url, title)}</p><pre>${text(quote)}</pre>`),
    '</details>',
  ].join('\n');
}

/** The heat map of the first job that has one. */
function picture({ jobs }: DigestItem, pictures: Pictures): string {
  const job = jobs.find(({ url }) => pictures.has(url));
  const found = job && pictures.get(job.url);
  if (!job || !found) return '';
  const data = `data:image/svg+xml;base64,${Buffer.from(found.svg).toString('base64')}`;
  return [
    `<details><summary>Grid of ${text(job.name)}</summary>`,
    `<div class="picture" tabindex="0" role="region" aria-label="${text(`Grid of ${job.name}`)}">${element('img', { src: data, alt: safeText(found.alt), loading: 'lazy' })}</div>`,
    '</details>',
  ].join('\n');
}

const trend = ({ days, health: { now } }: Digest): string =>
  days.every(({ testable }) => testable === 0)
    ? ''
    : `<section aria-labelledby="trend"><h2 id="trend">Testable runs that passed, a day</h2>${trendChart(days)}<p class="muted">${
        now === null
          ? ''
          : `In the window ${percentWords(now.failures / now.n)} of ${now.n}, 95 % interval ${Math.round(now.low * 100)} to ${Math.round(now.high * 100)} %.`
      }</p></section>`;

const COLUMNS = [
  ['Job', ''],
  ['State', ''],
  ['Passed', 'number'],
  ['Failed', 'number'],
  ['Infrastructure', 'number'],
  ['Finding', ''],
] as const;

function jobsTable({ jobs }: Digest): string {
  const heads = COLUMNS.map(
    ([name, kind]) =>
      `<th scope="col" aria-sort="none"${kind === '' ? '' : ` class="${kind}"`}><button type="button">${name}</button></th>`,
  );
  return [
    '<section aria-labelledby="jobs"><h2 id="jobs">All jobs</h2>',
    '<div class="wide" tabindex="0" role="region" aria-label="Table of all jobs">',
    `<table class="sortable"><thead><tr>${heads.join('')}</tr></thead><tbody>`,
    ...jobs.map(jobRow),
    '</tbody></table></div></section>',
  ].join('\n');
}

const ORDER: readonly JobLine['state'][] = ['failing', 'unknown', 'flaky', 'stale', 'no completed runs', 'passing'];

const jobRow = ({ name, url, state, headline, runs }: JobLine): string =>
  `<tr><td>${link(url, name)}</td><td class="${state.replaceAll(' ', '-')}" data-value="${ORDER.indexOf(state)}">${state}</td><td class="number">${runs.passed}</td><td class="number">${runs.failed}</td><td class="number">${runs.infrastructure}</td><td>${text(headline)}</td></tr>`;

function gaps({ gaps: items }: Digest): string {
  if (items.length === 0) return '';
  const list = items.map(({ what, why, effect }) => `<li>${text(`${what}: ${why}; ${effect}`)}</li>`);
  return `<section aria-labelledby="gaps"><h2 id="gaps">Not known</h2><ul>${list.join('')}</ul></section>`;
}
