// What an operator watches of the model: turns by outcome, how long they took, and the tokens they cost.
import { Counter, Histogram, type Registry } from 'prom-client';
import type { ReportTurn } from './observed.ts';

const SECONDS = [0.5, 1, 2, 5, 10, 20, 45];

export function modelMetrics(registry: Registry): ReportTurn {
  const registers = [registry];
  const turns = new Counter({
    name: 'whyred_model_turns_total',
    help: 'Turns of the model by outcome: ok, or what went wrong',
    labelNames: ['outcome'],
    registers,
  });
  const seconds = new Histogram({
    name: 'whyred_model_turn_seconds',
    help: 'How long turns took',
    buckets: SECONDS,
    registers,
  });
  const tokens = new Counter({
    name: 'whyred_model_tokens_total',
    help: 'Tokens of turns: input and output',
    labelNames: ['direction'],
    registers,
  });
  return ({ outcome, ms, usage }) => {
    turns.inc({ outcome });
    seconds.observe(ms / 1000);
    tokens.inc({ direction: 'input' }, usage?.input ?? 0);
    tokens.inc({ direction: 'output' }, usage?.output ?? 0);
  };
}
