import { Trap } from "../../wasi/wit-error.ts";

/** Handles that a component instance may hold at once. */
const mostHandles = 100_000;

/** What a borrow is given back to: the call that it was made for. */
export interface BorrowScope {
  /** Borrows that the callee has not dropped yet. */
  left: number;
}

/** Returned by `drop` for a borrow, whose resource lives on. */
export const borrowed = Symbol("borrowed");

/** Handles of one component instance (CanonicalABI.md: table state, resource state). Indices begin with 1. */
export class HandleTable {
  /** Twice the resource plus 2, plus 1 for a borrow; 0 is a free place. */
  readonly #kinds: number[] = [0];
  /** A host's object, or the number that a guest gave. */
  readonly #reps: unknown[] = [undefined];
  readonly #lends: number[] = [0];
  readonly #scopes: (BorrowScope | undefined)[] = [undefined];
  readonly #free: number[] = [];
  #captured: Captured = { kinds: [0], reps: [undefined], scopes: [undefined], free: [] };

  /** Handles that are held. */
  get size(): number {
    return this.#kinds.length - 1 - this.#free.length;
  }

  /** Remembers the handles that are held, for `restore`. */
  capture(): void {
    this.#captured = {
      kinds: [...this.#kinds],
      reps: [...this.#reps],
      scopes: [...this.#scopes],
      free: [...this.#free],
    };
  }

  /** Holds what it held when it was captured; what else there was is forgotten, and not disposed. */
  restore(): void {
    const { kinds, reps, scopes, free } = this.#captured;
    // Most tables are as they were: a guest drops what it has made.
    if (this.#kinds.length === 1 && kinds.length === 1) return;
    replace(this.#kinds, kinds);
    replace(this.#reps, reps);
    replace(this.#scopes, scopes);
    replace(this.#free, free);
    replace(
      this.#lends,
      kinds.map(() => 0),
    );
  }

  /** An owning handle. */
  add(resource: number, rep: unknown): number {
    return this.#add(2 * resource + 2, rep, undefined);
  }

  addBorrow(resource: number, rep: unknown, scope: BorrowScope): number {
    scope.left++;
    return this.#add(2 * resource + 3, rep, scope);
  }

  /** What the handle stands for, owned or borrowed. */
  rep(handle: number, resource: number): unknown {
    this.#check(handle, resource);
    return this.#reps[handle];
  }

  /** As `rep`; the handle cannot be taken before `unlend` is called with `lent`. */
  lend(handle: number, resource: number, lent: number[]): unknown {
    this.#check(handle, resource);
    this.#lends[handle] = (this.#lends[handle] ?? 0) + 1;
    lent.push(handle);
    return this.#reps[handle];
  }

  unlend(lent: readonly number[]): void {
    for (const handle of lent) this.#lends[handle] = (this.#lends[handle] ?? 0) - 1;
  }

  /** What the handle owned; the handle is gone. */
  takeOwn(handle: number, resource: number): unknown {
    this.#check(handle, resource);
    if ((this.#kinds[handle] ?? 0) % 2 === 1) throw new Trap("a borrowed handle was given away");
    return this.#remove(handle);
  }

  /** What the handle owned and nobody owns now, or `borrowed`. */
  drop(handle: number, resource: number): unknown {
    this.#check(handle, resource);
    const scope = this.#scopes[handle];
    const rep = this.#remove(handle);
    if (scope === undefined) return rep;
    scope.left--;
    return borrowed;
  }

  #check(handle: number, resource: number): void {
    const kind = this.#kinds[handle] ?? 0;
    if (kind === 0) throw new Trap(`unknown handle index ${handle}`);
    if (kind >> 1 !== resource + 1) throw new Trap(`handle index ${handle} used with the wrong type`);
  }

  #remove(handle: number): unknown {
    if (this.#lends[handle] !== 0) throw new Trap("cannot remove owned resource while borrowed");
    const rep = this.#reps[handle];
    this.#kinds[handle] = 0;
    this.#reps[handle] = undefined;
    this.#scopes[handle] = undefined;
    this.#free.push(handle);
    return rep;
  }

  #add(kind: number, rep: unknown, scope: BorrowScope | undefined): number {
    const handle = this.#free.pop() ?? this.#kinds.length;
    if (handle > mostHandles) throw new Trap(`the guest holds more than ${mostHandles} handles`);
    this.#kinds[handle] = kind;
    this.#reps[handle] = rep;
    this.#lends[handle] = 0;
    this.#scopes[handle] = scope;
    return handle;
  }
}

interface Captured {
  kinds: number[];
  reps: unknown[];
  scopes: (BorrowScope | undefined)[];
  free: number[];
}

function replace<Item>(target: Item[], items: readonly Item[]): void {
  target.length = 0;
  for (const item of items) target.push(item);
}
