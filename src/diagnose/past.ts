// The past over a store: the same signature and those that read almost like it.
import { isSimilar } from '../logs/signature.ts';
import type { Past } from '../history/past.ts';
import type { HistoryStore } from '../store/history.ts';

/** Runs that are counted; where there are more, it is "at least". */
const COUNTED = 200;
/** Signatures that read almost alike and are counted with it. */
const ALIKE = 12;

export const pastOf = (history: HistoryStore): Past => ({
  like: async (signature) => {
    const near = (await history.candidatesNear(signature)).filter((other) => isSimilar(signature, other));
    const keys = [signature, ...near.slice(0, ALIKE)].map(({ key }) => key);
    const { newest, since } = await history.failuresWith(keys, COUNTED + 1);
    return { newest: newest.slice(0, COUNTED), since, isMore: newest.length > COUNTED };
  },
});
