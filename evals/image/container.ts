// Runs a command in a file system of its own, as a container engine would: an overlay over this machine's, which stands in
// for the base image. Takes root; what it mounts goes with the command.
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

export interface Container {
  /** The folder whose `upper` holds what differs from the machine. */
  readonly folder: string;
  readonly workdir: string;
  readonly env: Readonly<Record<string, string>>;
}

export interface Confined {
  readonly uid: number;
  readonly gid: number;
  /** The only folders that can be written. */
  readonly writable: readonly string[];
}

export interface Outcome {
  readonly status: number;
  readonly output: string;
}

const SCRIPT = `set -e
mount --make-rprivate /
mount -t overlay overlay -o "lowerdir=/,upperdir=$FOLDER/upper,workdir=$FOLDER/work" "$FOLDER/root"
mount -t proc proc "$FOLDER/root/proc"
mount --rbind /dev "$FOLDER/root/dev"
cd /
if [ -n "$AS" ]; then
  ip link set lo up
  for folder in $WRITABLE; do mkdir -p "$FOLDER/root$folder"; mount -t tmpfs -o mode=1777 tmpfs "$FOLDER/root$folder"; done
  mount -o remount,ro "$FOLDER/root"
fi
exec chroot "$FOLDER/root" env -i $AS sh -c 'cd "$0" && exec env "$@"' "$@"`;

/** The command's outcome. @param confined a user with a tree that cannot be written and no network; null: as root, to build */
export function runIn(
  { folder, workdir, env }: Container,
  command: readonly string[],
  confined: Confined | null = null,
): Outcome {
  for (const part of ['upper', 'work', 'root']) mkdirSync(join(folder, part), { recursive: true });
  const as = confined
    ? `setpriv --reuid ${confined.uid} --regid ${confined.gid} --clear-groups --no-new-privs --bounding-set=-all --inh-caps=-all`
    : '';
  const settings = Object.entries(env).map(([name, value]) => `${name}=${value}`);
  const done = spawnSync(
    'unshare',
    [
      '--mount',
      '--pid',
      '--fork',
      ...(confined ? ['--net'] : []),
      'sh',
      '-c',
      SCRIPT,
      'sh',
      workdir,
      ...settings,
      ...command,
    ],
    {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', confined ? 'pipe' : 'inherit'],
      env: { ...process.env, FOLDER: folder, AS: as, WRITABLE: confined?.writable.join(' ') ?? '' },
    },
  );
  return { status: done.status ?? 1, output: `${done.stdout}${confined ? done.stderr : ''}` };
}
