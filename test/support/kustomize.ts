// The manifests of an overlay, as kustomize builds them; null where this machine has no kubectl.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';

export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec?: Readonly<Record<string, unknown>>;
}

const deploy = join(import.meta.dirname, '../../deploy');

/** The overlay with the monitoring beside it, as docs/operations.md says to build one's own. */
export function buildOverlay(name: string): Manifest[] | null {
  const folder = mkdtempSync(join(tmpdir(), 'whyred-kustomize-'));
  try {
    cpSync(deploy, folder, { recursive: true });
    const own = { resources: [`kubernetes/overlays/${name}`], components: ['monitoring'], namespace: 'whyred' };
    writeFileSync(join(folder, 'kustomization.yaml'), JSON.stringify(own));
    const built = spawnSync('kubectl', ['kustomize', folder], { encoding: 'utf8' });
    if (built.error) return null;
    if (built.status !== 0) throw new Error(built.stderr);
    return parseAllDocuments(built.stdout).map((document) => document.toJS() as Manifest);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
