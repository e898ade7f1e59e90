// What one answer may cost, in code: turns, calls, tokens, money, time; and the account of what it did cost.
import type { TokenUsage } from './model.ts';

export interface Limits {
  readonly turns: number;
  readonly calls: number;
  /** Input tokens of all turns together. */
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** US dollars; null where no prices are known. */
  readonly dollars: number | null;
  readonly ms: number;
  /** Tokens of one tool result that a model is shown. */
  readonly resultTokens: number;
}

/** Dollars for a million tokens. */
export interface Prices {
  readonly input: number;
  readonly output: number;
}

const CONTEXT_SHARE = 0.15;

/** The limits of `reliability.md` D-03 and P13, for a model with so many tokens of context. */
export const limitsFor = (contextTokens: number, dollars: number | null = null): Limits => ({
  turns: 10,
  calls: 20,
  inputTokens: 150_000,
  outputTokens: 20_000,
  dollars,
  ms: 120_000,
  resultTokens: Math.min(25_000, Math.floor(CONTEXT_SHARE * contextTokens)),
});

export interface Spent {
  readonly turns: number;
  readonly calls: number;
  readonly input_tokens: number;
  readonly output_tokens: number;
  /** True when a server did not count and characters were taken instead. */
  readonly estimated: boolean;
  readonly dollars: number | null;
  readonly ms: number;
  /** Each turn and call with what it cost. */
  readonly entries: readonly Entry[];
}

export type Entry =
  | { readonly turn: number; readonly input_tokens: number; readonly output_tokens: number; readonly ms: number }
  | { readonly call: string; readonly result: string; readonly tokens: number; readonly ms: number };

/** Keeps the account of one answer. */
export class Account {
  readonly #limits: Limits;
  readonly #prices: Prices | null;
  readonly #entries: Entry[] = [];
  #turns = 0;
  #calls = 0;
  #input = 0;
  #output = 0;
  #estimated = false;

  constructor(limits: Limits, prices: Prices | null) {
    this.#limits = limits;
    this.#prices = prices;
  }

  turn({ input, output, estimated }: TokenUsage, ms: number): void {
    this.#turns += 1;
    this.#input += input;
    this.#output += output;
    this.#estimated ||= estimated;
    this.#entries.push({ turn: this.#turns, input_tokens: input, output_tokens: output, ms: Math.round(ms) });
  }

  call(name: string, result: string, tokens: number, ms: number): void {
    this.#calls += 1;
    this.#entries.push({ call: name, result, tokens, ms: Math.round(ms) });
  }

  /** Which limit is used up; null while there is room for another turn. */
  usedUp(): string | null {
    const { turns, inputTokens, outputTokens, dollars } = this.#limits;
    if (this.#turns >= turns) return `${turns} turns`;
    if (this.#input >= inputTokens) return `${inputTokens} input tokens`;
    if (this.#output >= outputTokens) return `${outputTokens} output tokens`;
    const cost = this.#dollars();
    return dollars !== null && cost !== null && cost >= dollars ? `${dollars} dollars` : null;
  }

  get callsLeft(): number {
    return Math.max(0, this.#limits.calls - this.#calls);
  }

  #dollars(): number | null {
    return this.#prices && (this.#input * this.#prices.input + this.#output * this.#prices.output) / 1e6;
  }

  spent(ms: number): Spent {
    return {
      turns: this.#turns,
      calls: this.#calls,
      input_tokens: this.#input,
      output_tokens: this.#output,
      estimated: this.#estimated,
      dollars: this.#dollars(),
      ms: Math.round(ms),
      entries: this.#entries,
    };
  }
}
