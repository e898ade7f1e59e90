// A model that fails again and again is left alone for a minute: answers come from the rules at once meanwhile.
import { BrokenCircuitError, circuitBreaker, ConsecutiveBreaker, handleWhen } from 'cockatiel';
import { ModelError, type Model } from './model.ts';

const FAILURES = 5;
const REST_MS = 60_000;

/** The model behind a breaker that all answers of a process share. What the asker did (a stop) is no failure of it. */
export function withBreaker(model: Model, restMs = REST_MS): Model {
  const isItsFault = (error: unknown): boolean => !(error instanceof ModelError && error.problem === 'cancelled');
  const breaker = circuitBreaker(handleWhen(isItsFault), {
    halfOpenAfter: restMs,
    breaker: new ConsecutiveBreaker(FAILURES),
  });
  return {
    name: model.name,
    turn: async (request) => {
      try {
        return await breaker.execute(() => model.turn(request));
      } catch (error) {
        if (!(error instanceof BrokenCircuitError)) throw error;
        throw new ModelError('unavailable', `it failed ${FAILURES} times in a row and is left alone for a minute`);
      }
    },
  };
}
