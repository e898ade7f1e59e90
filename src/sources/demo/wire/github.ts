// GitHub's list of a repository's issues, for those that the made-up world tracks.
import { rfc3339 } from '../clock.ts';
import { DEMO_ISSUES, type DemoIssue } from '../issues.ts';
import { json, type WireResponse } from './response.ts';

const DAY = 86_400_000;

/** @param path the segments below `/github`, decoded */
export function github(now: number, path: readonly string[], query: URLSearchParams): WireResponse {
  const [repos, org = '', repo = '', list, ...more] = path;
  const name = `${org}/${repo}`;
  const own = DEMO_ISSUES.filter(({ repository }) => repository === name);
  if (repos !== 'repos' || list !== 'issues' || more.length > 0 || own.length === 0)
    return json({ message: 'Not Found', documentation_url: 'https://docs.github.com/rest', status: '404' }, 404);
  const labels = (query.get('labels') ?? '').split(',').filter(Boolean);
  const state = query.get('state') ?? 'open';
  const [page, size] = [Number(query.get('page') ?? 1), Math.min(100, Number(query.get('per_page') ?? 30))];
  const found = own
    .filter((issue) => labels.every((label) => issue.labels.includes(label)))
    .filter((issue) => state === 'all' || state === issue.state)
    .sort((a, b) => a.daysAgo - b.daysAgo);
  return json(found.slice((page - 1) * size, page * size).map((issue) => wireIssue(issue, now)));
}

function wireIssue(issue: DemoIssue, now: number): Readonly<Record<string, unknown>> {
  const { repository, number, title, body, state, reason = null, milestone, labels, daysAgo, isPull = false } = issue;
  const api = `https://api.github.com/repos/${repository}`;
  const page = `https://github.com/${repository}`;
  const changed = rfc3339(now - daysAgo * DAY);
  return {
    url: `${api}/issues/${number}`,
    repository_url: api,
    html_url: `${page}/${isPull ? 'pull' : 'issues'}/${number}`,
    id: 2_000_000_000 + number,
    number,
    title,
    user: { login: 'someone', id: 1, type: 'User' },
    labels: labels.map((label, i) => ({ id: i + 1, name: label, color: 'f7c6c7', default: false, description: null })),
    state,
    state_reason: reason,
    locked: false,
    assignees: [],
    milestone: milestone === undefined ? null : { number: 1, title: milestone, state: 'closed' },
    comments: 2,
    created_at: rfc3339(now - (daysAgo + 20) * DAY),
    updated_at: changed,
    closed_at: state === 'closed' ? changed : null,
    author_association: 'MEMBER',
    body,
    ...(isPull ? { pull_request: { url: `${api}/pulls/${number}`, html_url: `${page}/pull/${number}` } } : {}),
  };
}
