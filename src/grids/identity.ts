// Which rows are the same test under another name: suite prefixes, tags, versions and generated parts aside.

const PREFIX =
  /^(?:openshift-tests(?:-[a-z]+)*|Kubernetes e2e suite|step graph|operator|Operator results|kubetest2?)\./;
const TAGS = /\[(?:It|Suite:[^\]]{0,200})\]/g;
const VERSION = /\b\d+\.\d+(?:\.\d+)?(?:-[a-z0-9.-]{1,60})?\b/g;
const GENERATED =
  /\b(?:ci-op-[a-z0-9]{8}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|ip(?:-\d{1,3}){4})\b/g;

/** A key that stays the same when a test is moved to another suite, tagged anew, or names a version or a generated name. */
export function testIdentity(name: string): string {
  let key = name.replace(PREFIX, '');
  if (key.includes('[')) key = key.replace(TAGS, '');
  if (/\d/.test(key)) key = key.replace(GENERATED, 'ID').replace(VERSION, 'V');
  return /\s\s|^\s|\s$/.test(key) ? key.replace(/\s+/g, ' ').trim() : key;
}
