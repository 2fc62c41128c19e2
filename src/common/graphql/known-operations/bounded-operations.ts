import { LRUCache } from 'lru-cache';
import type { KnownOperation } from './known-operation.js';

/** Operations by their document's text; those that were not used for longest go first. */
export class BoundedOperations {
  private readonly byText: LRUCache<string, KnownOperation>;
  private readonly byHash = new Map<string, KnownOperation>();

  /** @param limits how many there may be, and how many bytes they may hold by estimate */
  constructor(limits: { entries: number; bytes: number }) {
    this.byText = new LRUCache({
      max: limits.entries,
      maxSize: limits.bytes,
      sizeCalculation: ({ bytes }) => bytes,
      dispose: ({ hash }) => this.byHash.delete(hash),
    });
  }

  get(text: string): KnownOperation | undefined {
    return this.byText.get(text);
  }

  /** @param hash of the document's text, as Apollo makes it */
  withHash(hash: string): KnownOperation | undefined {
    return this.byHash.get(hash);
  }

  set(text: string, known: KnownOperation): void {
    this.byText.set(text, known);
    this.byHash.set(known.hash, known);
  }

  delete(text: string): boolean {
    return this.byText.delete(text);
  }
}
