// Reads podinfo.json: what Kubernetes says about the pod of a run that ended outside of its own control.
import { z } from 'zod';

/** One statement about the pod, and the JSON text that makes it, exactly as it stands in the file. */
export interface PodFact {
  readonly reason: string;
  readonly message: string;
  readonly quote: string;
}

const PodInfo = z.object({
  pod: z
    .object({ status: z.object({ reason: z.string().optional(), message: z.string().optional() }).optional() })
    .optional(),
  events: z
    .array(z.object({ type: z.string().optional(), reason: z.string().optional(), message: z.string().optional() }))
    .optional(),
});

/** Events that end a pod although Kubernetes calls them normal. */
const ENDS = new Set(['TaintManagerEviction', 'Killing', 'Preempting', 'Evicted', 'NodeNotReady']);
const MAX_FACTS = 3;
const MAX_QUOTE = 1_000;

/** What went wrong with the pod: its own status first, then its newest warnings. Empty for a pod that was well. */
export function readPodInfo(json: unknown, text: string): PodFact[] {
  const parsed = PodInfo.safeParse(json);
  if (!parsed.success) return [];
  const { pod, events = [] } = parsed.data;
  const bad = events.filter(({ type, reason }) => type === 'Warning' || ENDS.has(reason ?? '')).toReversed();
  const statements = [...(pod?.status?.message === undefined ? [] : [pod.status]), ...bad];
  const facts: PodFact[] = [];
  for (const { reason = '', message = '' } of statements) {
    const quote = `"message":${JSON.stringify(message)}`;
    // Quoted only as it stands: a file that spells the same message in another way is not quoted at all.
    if (message === '' || quote.length > MAX_QUOTE || !text.includes(quote)) continue;
    if (!facts.some((fact) => fact.message === message)) facts.push({ reason, message, quote });
  }
  return facts.slice(0, MAX_FACTS);
}
