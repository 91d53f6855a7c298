import { expect, test } from "@jest/globals";
import { randomImports } from "../../../runtime/wasi/random.ts";
import { Trap } from "../../../runtime/wasi/wit-error.ts";

interface Random {
  getRandomBytes(length: bigint): Uint8Array;
  getRandomU64(): bigint;
}

const random = randomImports({
  ended: new AbortController().signal,
  cancelled: new Promise<never>(() => {}),
})["wasi:random/random"] as unknown as Random;

test("numbers do not come again", () => {
  const numbers = Array.from({ length: 2000 }, () => random.getRandomU64());
  expect(new Set(numbers).size).toBe(2000);
  expect(numbers.every((number) => number >= 0n && number < 2n ** 64n)).toBe(true);
});

test("bytes are as many as were asked for, and not more than a host can spare", () => {
  expect([0n, 1n, 100n].map((length) => random.getRandomBytes(length).length)).toEqual([0, 1, 100]);
  expect(() => random.getRandomBytes(2n ** 63n)).toThrow(Trap);
});

test("an instance keeps its seed, and another has another", () => {
  const seedOf = (
    imports = randomImports({ ended: new AbortController().signal, cancelled: new Promise<never>(() => {}) }),
  ) => imports["wasi:random/insecure-seed"]?.["insecureSeed"] as () => [bigint, bigint];
  const seed = seedOf();
  expect(seed()).toEqual(seed());
  expect(seed()).not.toEqual(seedOf()());
});

test("the insecure seed is the same during a request, and another one in the next", () => {
  const scope = { ended: new AbortController().signal, cancelled: new Promise<never>(() => {}) };
  const { insecureSeed } = randomImports(scope)["wasi:random/insecure-seed"] as unknown as {
    insecureSeed(): [bigint, bigint];
  };
  const first = insecureSeed();
  expect(insecureSeed()).toEqual(first);
  scope.ended = new AbortController().signal;
  expect(insecureSeed()).not.toEqual(first);
});
