// Builds the stages of a Dockerfile without a container engine: the same steps, in clean folders.
import { cpSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join, posix, relative } from 'node:path';
import type dockerignore from '@balena/dockerignore';
import { runIn, type Container } from './container.ts';
import type { Stage, Step } from './dockerfile.ts';

export interface Image extends Container {
  readonly stage: Stage;
}

/** What it exports is the function itself, which its types do not say. */
const ignore = createRequire(import.meta.url)('@balena/dockerignore') as typeof dockerignore.default;

const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
/** How npm reaches its registry is a matter of the machine. */
const OF_THE_MACHINE = /^(?:npm_config_(?:registry|cafile)|https?_proxy|no_proxy|SSL_CERT_FILE|NODE_EXTRA_CA_CERTS)$/i;

/**
 * Builds each stage in a folder of its own below `folder`; the last is the image.
 * @param node the Node that the base image would bring
 */
export function build(stages: readonly Stage[], context: string, folder: string, node: string): Image {
  const built = new Map<string, Image>();
  for (const stage of stages) {
    let image: Image = { stage, folder: join(folder, String(built.size)), workdir: '/', env: { PATH } };
    const bin = join(image.folder, 'upper/usr/local/bin');
    mkdirSync(bin, { recursive: true });
    cpSync(node, join(bin, 'node'), { dereference: true });
    for (const step of stage.steps) image = take(step, image, context, built);
    built.set(stage.name, image);
  }
  const last = built.get(stages.at(-1)?.name ?? '');
  if (!last) throw new Error('the Dockerfile has no stage');
  return last;
}

function take(step: Step, image: Image, context: string, built: ReadonlyMap<string, Image>): Image {
  switch (step.does) {
    case 'env':
      return { ...image, env: { ...image.env, ...step.values } };
    case 'workdir':
      mkdirSync(join(image.folder, 'upper', step.folder), { recursive: true });
      return { ...image, workdir: posix.resolve(image.workdir, step.folder) };
    case 'copy': {
      const target = join(image.folder, 'upper', posix.resolve(image.workdir, step.to));
      if (step.from === null) copyContext(step.paths, context, target);
      else copyStage(step, built, target);
      return image;
    }
    case 'run': {
      console.log(`${image.stage.name}: RUN ${step.command}`);
      const machine = Object.entries(process.env).filter(([name]) => OF_THE_MACHINE.test(name));
      const env = { HOME: '/root', ...(Object.fromEntries(machine) as Record<string, string>), ...image.env };
      const { status } = runIn({ ...image, env }, ['sh', '-c', step.command]);
      if (status !== 0) throw new Error(`RUN ${step.command} ended with ${status}`);
      return image;
    }
  }
}

/** What `paths` name in the context, without what `.dockerignore` leaves out. */
function copyContext(paths: readonly string[], context: string, target: string): void {
  const rules = ignore().add(readFileSync(join(context, '.dockerignore'), 'utf8'));
  const files = readdirSync(context, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(context, join(entry.parentPath, entry.name)))
    .filter((file) => !rules.ignores(file));
  for (const path of paths) {
    const named = files.filter((file) => path === '.' || file === path);
    if (named.length === 0) throw new Error(`COPY ${path}: there is no such file in the context`);
    for (const file of named) cpSync(join(context, file), join(target, file));
  }
}

/** Files go into the folder `to`, of a folder what is in it does. */
function copyStage(
  { from, paths }: Extract<Step, { does: 'copy' }>,
  built: ReadonlyMap<string, Image>,
  target: string,
): void {
  const origin = built.get(from ?? '');
  if (!origin) throw new Error(`COPY: there is no stage ${from ?? ''}`);
  for (const path of paths) {
    const source = join(origin.folder, 'upper', path);
    const isFolder = statSync(source).isDirectory();
    cpSync(source, isFolder ? target : join(target, basename(path)), { recursive: true, verbatimSymlinks: true });
  }
}
