/** Small and repeatable: the same seed and index give the same numbers on every machine. */
export interface Random {
  /** A whole number from 0 up to, and without, `limit`. */
  below(limit: number): number;
  pick<T>(list: Many<T>): T;
  /** True in about one of `often` cases. */
  oneIn(often: number): boolean;
}

/** A list with something in it. */
export type Many<T> = readonly [T, ...T[]];

/** The numbers of one input. Inputs share none, so each can be made again alone. */
export function randomOf(seed: number, index: number): Random {
  let state = mixed(mixed(seed | 0) ^ index);
  const below = (limit: number): number => {
    state = (state + 0x9e37_79b9) | 0;
    return Math.floor(((mixed(state) >>> 0) / 2 ** 32) * limit);
  };
  return {
    below,
    pick: (list) => list[below(list.length)] ?? list[0],
    oneIn: (often) => below(often) === 0,
  };
}

/** The finalizer of splitmix32: each bit of the number sways every bit of the result. */
function mixed(number: number): number {
  let bits = Math.imul(number ^ (number >>> 16), 0x21f0_aaad);
  bits = Math.imul(bits ^ (bits >>> 15), 0x735a_2d97);
  return bits ^ (bits >>> 15);
}
