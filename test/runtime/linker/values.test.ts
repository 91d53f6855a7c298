/** Every value type, into a component and out of it, flat and through memory. */
import { beforeAll, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { assemble, type Callable, instantiate, passingOn } from "./components.ts";
import { valueTypes } from "./value-types.ts";

let binaries: Record<string, Uint8Array>;

beforeAll(() => {
  const plain = Object.entries(valueTypes).map(([name, { type, flat }]) => [name, passingOn(type, flat)]);
  const encoded = ["utf16", "latin1+utf16"].flatMap((encoding) =>
    ["string", "list of pairs", "variant"].map((name) => {
      const { type = "", flat = [] } = valueTypes[name] ?? {};
      return [`${name}, ${encoding}`, passingOn(type, flat, encoding)];
    }),
  );
  binaries = assemble(Object.fromEntries([...plain, ...encoded]) as Record<string, string>);
});

const cases = [
  ...Object.keys(valueTypes).map((name) => [name, name] as const),
  ...["utf16", "latin1+utf16"].flatMap((encoding) =>
    ["string", "list of pairs", "variant"].map((name) => [`${name}, ${encoding}`, name] as const),
  ),
];

describe("passed through a component unchanged", () => {
  test.each(cases)("%s", async (binary, name) => {
    const { seen, passed } = await passing(binary);
    fc.assert(
      fc.property(valueTypes[name]?.values ?? fc.constant(undefined), (value) => {
        seen.length = 0;
        expect(passed.call("g", value)).toEqual(value);
        expect(seen).toEqual([value]);
      }),
      { numRuns: 60 },
    );
  });
});

async function passing(binary: string): Promise<{ passed: Callable; seen: unknown[] }> {
  const seen: unknown[] = [];
  const host = {
    "": {
      f: (value: unknown) => {
        seen.push(value);
        return value;
      },
    },
  };
  return { seen, passed: await instantiate(binaries[binary] ?? new Uint8Array(), host) };
}
