// Fields that a kind does not know, which a JSON schema lets pass and a cluster drops: the compiler tells them, from the
// types of the same packages, for it takes no unknown field in a literal.
import { join } from 'node:path';
import ts from 'typescript';

const root = join(import.meta.dirname, '../..');
const FILE = join(root, 'test/deploy/manifests.generated.ts');

/** @param manifests each with the module that has its kind. @returns what the compiler says of them */
export function unknownFields(
  manifests: readonly (readonly [module: string, manifest: { readonly kind: string }])[],
): string[] {
  const text = manifests
    .map(([module, manifest], i) => {
      const types = `import type { I${manifest.kind} as Kind${i} }`;
      const known = `${types} from ${JSON.stringify(`${module}/${manifest.kind}`)};`;
      return `${known}\nexport const manifest${i}: Kind${i} = ${JSON.stringify(manifest)};`;
    })
    .join('\n');
  const options: ts.CompilerOptions = {
    module: ts.ModuleKind.NodeNext,
    target: ts.ScriptTarget.ES2024,
    strict: true,
    skipLibCheck: true,
    noEmit: true,
    types: [],
  };
  const disk = ts.createCompilerHost(options);
  const host: ts.CompilerHost = {
    ...disk,
    fileExists: (path) => path === FILE || disk.fileExists(path),
    getSourceFile: (path, ...more) =>
      path === FILE ? ts.createSourceFile(path, text, ts.ScriptTarget.ES2024) : disk.getSourceFile(path, ...more),
  };
  const program = ts.createProgram([FILE], options, host);
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n').split('\n').at(-1) ?? '');
}
