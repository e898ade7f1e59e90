// The port to a language model: messages and tools in, text or calls out. What speaks to which API stands behind it.

/** A message of the conversation, as every API knows it. */
export type Message =
  | { readonly role: 'system' | 'user'; readonly content: string }
  | { readonly role: 'assistant'; readonly content: string; readonly calls: readonly ModelCall[] }
  | { readonly role: 'tool'; readonly callId: string; readonly content: string };

/** A call the model wants made. `args` is as it came: text that may not be JSON. */
export interface ModelCall {
  readonly id: string;
  readonly name: string;
  readonly args: string;
}

/** A function the model may call; `parameters` is a JSON schema. */
export interface ModelTool {
  readonly name: string;
  readonly description: string;
  readonly parameters: object;
}

export interface Turn {
  readonly text: string;
  readonly calls: readonly ModelCall[];
  /** Why it ended: of its own accord, cut at its length, or kept back by the provider. */
  readonly finish: 'stop' | 'length' | 'refused';
  readonly usage: TokenUsage;
}

export interface TokenUsage {
  readonly input: number;
  readonly output: number;
  /** True when the server did not say and it was estimated by characters. */
  readonly estimated: boolean;
}

export interface ModelRequest {
  readonly messages: readonly Message[];
  readonly tools: readonly ModelTool[];
  readonly maxOutputTokens: number;
  readonly signal: AbortSignal;
}

export interface Model {
  /** As the provider calls it. */
  readonly name: string;
  /** @throws ModelError */
  turn(request: ModelRequest): Promise<Turn>;
}

export type ModelProblem =
  'refused the key' | 'overloaded' | 'unavailable' | 'timed out' | 'bad response' | 'cancelled';

/** What went wrong with a model, in words of ours: nothing the provider said is repeated. */
export class ModelError extends Error {
  override readonly name = 'ModelError';
  readonly problem: ModelProblem;

  constructor(problem: ModelProblem, detail: string, options?: ErrorOptions) {
    super(`the model: ${problem} (${detail})`, options);
    this.problem = problem;
  }
}
