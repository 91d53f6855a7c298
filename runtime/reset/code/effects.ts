/** What code does besides writing memory: whether an instance can be given back its first state depends on it. */
export interface Effects {
  /** Changes tables: table.set, grow, copy, init, fill. */
  changesTables: boolean;
  /** Drops data or element segments, which cannot be had back. */
  dropsSegments: boolean;
  usesAtomics: boolean;
  /** Stores of memory, bulk operations among them, and the marks that were written for them. */
  stores: number;
  marks: number;
  /** Checks of the deadline. */
  checks: number;
  /** Uses of memory.size and memory.grow that were replaced. */
  sizes: number;
}

export function noEffects(): Effects {
  return {
    changesTables: false,
    dropsSegments: false,
    usesAtomics: false,
    stores: 0,
    marks: 0,
    checks: 0,
    sizes: 0,
  };
}
