// A model whose turns are told of: to the operator's metrics, and as spans. Never what was said, only how much.
import { inSpan } from '../ops/span.ts';
import { ModelError, type Model, type ModelProblem, type TokenUsage } from './model.ts';

/** What is said of a turn once it is over. */
export interface TurnReport {
  readonly outcome: 'ok' | ModelProblem;
  readonly ms: number;
  /** Null for a turn that failed. */
  readonly usage: TokenUsage | null;
}

export type ReportTurn = (report: TurnReport) => void;

export const observed = (model: Model, report: ReportTurn): Model => ({
  name: model.name,
  turn: (request) =>
    inSpan(
      {
        name: `chat ${model.name}`,
        kind: 'client',
        attributes: {
          'gen_ai.operation.name': 'chat',
          // The API that is spoken, whoever serves it.
          'gen_ai.provider.name': 'openai',
          'gen_ai.request.model': model.name,
          'gen_ai.request.max_tokens': request.maxOutputTokens,
        },
      },
      async ({ set, fail }) => {
        const began = performance.now();
        const done = (outcome: TurnReport['outcome'], usage: TokenUsage | null): void =>
          report({ outcome, ms: performance.now() - began, usage });
        try {
          const turn = await model.turn(request);
          set({
            'gen_ai.usage.input_tokens': turn.usage.input,
            'gen_ai.usage.output_tokens': turn.usage.output,
            'gen_ai.response.finish_reasons': [turn.finish],
          });
          done('ok', turn.usage);
          return turn;
        } catch (error) {
          const problem = error instanceof ModelError ? error.problem : 'bad response';
          fail(problem);
          done(problem, null);
          throw error;
        }
      },
    ),
});
