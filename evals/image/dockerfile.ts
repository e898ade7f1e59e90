// A Dockerfile read into its stages, by the parser that editors use: only what this project's own says is known.
import { readFileSync } from 'node:fs';
import { Copy, DockerfileParser, PropertyInstruction, type Instruction } from 'dockerfile-ast';

export type Step =
  | { readonly does: 'run'; readonly command: string }
  | { readonly does: 'copy'; readonly from: string | null; readonly paths: readonly string[]; readonly to: string }
  | { readonly does: 'workdir'; readonly folder: string }
  | { readonly does: 'env'; readonly values: Readonly<Record<string, string>> };

export interface Stage {
  readonly name: string;
  readonly image: string;
  readonly steps: readonly Step[];
  readonly user: string;
  readonly volumes: readonly string[];
  readonly entrypoint: readonly string[];
}

/** @throws Error for an instruction that is not known here */
export function readDockerfile(path: string): Stage[] {
  const stages: Stage[] = [];
  let steps: Step[] = [];
  /** Says something of the last stage. */
  const say = (what: Partial<Stage>): void => {
    const stage = stages.pop();
    if (!stage) throw new Error('the Dockerfile does not begin with FROM');
    stages.push({ ...stage, ...what });
  };
  for (const instruction of DockerfileParser.parse(readFileSync(path, 'utf8')).getInstructions()) {
    const words = instruction.getExpandedArguments().map((word) => word.getValue());
    const keyword = instruction.getKeyword();
    if (keyword === 'FROM') {
      const [image = '', , name = `stage ${stages.length}`] = words;
      steps = [];
      stages.push({ name, image, steps, user: 'root', volumes: [], entrypoint: [] });
    } else if (keyword === 'USER') say({ user: words[0] ?? 'root' });
    else if (keyword === 'VOLUME') say({ volumes: listIn(instruction) });
    else if (keyword === 'ENTRYPOINT') say({ entrypoint: listIn(instruction) });
    else if (keyword !== 'EXPOSE' && keyword !== 'CMD') steps.push(stepOf(instruction, words));
  }
  return stages;
}

function stepOf(instruction: Instruction, words: readonly string[]): Step {
  const keyword = instruction.getKeyword();
  if (keyword === 'RUN') return { does: 'run', command: instruction.getArgumentsContent() ?? '' };
  if (keyword === 'WORKDIR') return { does: 'workdir', folder: words[0] ?? '/' };
  if (instruction instanceof PropertyInstruction) {
    const values = instruction.getProperties().map((one) => [one.getName(), one.getValue() ?? '']);
    return { does: 'env', values: Object.fromEntries(values) as Record<string, string> };
  }
  if (!(instruction instanceof Copy)) throw new Error(`${keyword} is not known here`);
  const others = instruction.getFlags().filter((flag) => flag.getName() !== 'from');
  if (others.length > 0) throw new Error(`COPY ${others.join(' ')} is not known here`);
  const from = instruction.getFromFlag()?.getValue() ?? null;
  return { does: 'copy', from, paths: words.slice(0, -1), to: words.at(-1) ?? '' };
}

const listIn = (instruction: Instruction): string[] =>
  JSON.parse(instruction.getArgumentsContent() ?? '[]') as string[];
