// All tools, in the order a reader and a model see them.
import type { Tool } from '../src/tooling/tool.ts';
import classifyFailures from './classify-failures.ts';
import compareRuns from './compare-runs.ts';
import decodeGrid from './decode-grid.ts';
import diagnose from './diagnose.ts';
import findJobs from './find-jobs.ts';
import findSimilarFailures from './find-similar-failures.ts';
import getDashboardHealth from './get-dashboard-health.ts';
import getJobHistory from './get-job-history.ts';
import getMetrics from './get-metrics.ts';
import getRun from './get-run.ts';
import readLog from './read-log.ts';
import searchLogs from './search-logs.ts';
import summarizeFailures from './summarize-failures.ts';
import summarizeLog from './summarize-log.ts';

export const TOOLS: readonly Tool[] = [
  diagnose,
  findJobs,
  getJobHistory,
  getRun,
  decodeGrid,
  classifyFailures,
  compareRuns,
  summarizeLog,
  searchLogs,
  readLog,
  findSimilarFailures,
  getDashboardHealth,
  getMetrics,
  summarizeFailures,
];
