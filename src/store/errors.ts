// What can be wrong with a store, in our own words: neither a path, an address nor a password is in them.

/** A store that cannot be used, and why: waiting does not help. */
export class UnusableStore extends Error {
  override readonly name = 'UnusableStore';
}

/** The database did not answer, and went on not answering while it was asked again. */
export class StoreUnreachable extends Error {
  override readonly name = 'StoreUnreachable';
}
