import { describe, expect, test } from "@jest/globals";
import { z } from "zod";
import { diff } from "../../../provider/definition/diff.ts";
import type { ResourceDefinition } from "../../../provider/definition/resource.ts";
import { unknown } from "../../../provider/definition/unknown.ts";
import { hostDeployment } from "../../../provider/resources/host-deployment.ts";

const bed: ResourceDefinition = {
  token: "spin:index:Bed",
  description: "A bed.",
  inputs: z.strictObject({ name: z.string(), plants: z.array(z.unknown()), note: z.string().optional() }),
  outputs: z.object({ sum: z.number() }),
  immutable: ["name"],
  identify: ({ name }) => String(name),
};

describe("diff", () => {
  test("is empty for equal values, whatever the order of their keys, and absent and null are the same", () => {
    const old = { name: "a", plants: [{ x: 1, y: { b: 2, a: 1 } }], sum: 1, note: null };
    const same = { plants: [{ y: { a: 1, b: 2 }, x: 1 }], name: "a", sum: 2 };
    expect(diff(bed, old, same)).toMatchObject({ changed: [], detailed: {} });
  });

  test("names each change by its path and kind", () => {
    const old = { name: "a", plants: [{ x: 1, y: { "b.c": 2 } }, "leek"], note: "old" };
    const wanted = { name: "a", plants: [{ x: 2, y: {}, z: 0 }] };
    expect(diff(bed, old, wanted)).toMatchObject({
      changed: ["plants", "note"],
      detailed: {
        "plants[0].x": { kind: "update", replaces: false, isInput: true },
        'plants[0].y["b.c"]': { kind: "delete" },
        "plants[0].z": { kind: "add" },
        "plants[1]": { kind: "delete" },
        note: { kind: "delete" },
      },
    });
  });

  test("sees a changed order in a list, unless its order means nothing", () => {
    const [old, wanted] = [
      { name: "a", plants: [1, 2, 2] },
      { name: "a", plants: [2, 1, 2] },
    ];
    expect(Object.keys(diff(bed, old, wanted).detailed)).toEqual(["plants[0]", "plants[1]"]);
    const loose = { ...bed, unordered: ["plants"] };
    expect(diff(loose, old, wanted).changed).toEqual([]);
    expect(diff(loose, old, { name: "a", plants: [3, 2, 1] }).detailed).toMatchObject({
      "plants[0]": { kind: "add" },
      "plants[2]": { kind: "delete" },
    });
  });

  test("finds lists without an order inside lists", () => {
    const nested = { ...bed, unordered: ["plants[*].tags"] };
    const old = { name: "a", plants: [{ tags: ["x", "y"] }] };
    expect(diff(nested, old, { name: "a", plants: [{ tags: ["y", "x"] }] }).changed).toEqual([]);
    expect(
      Object.keys(diff(nested, old, { name: "a", plants: [{ tags: ["y", unknown] }] }).detailed),
    ).toEqual(["plants[0].tags[0]", "plants[0].tags[1]"]);
  });

  test("counts what is not known yet as changed, at its own path, and as a replacement where that is due", () => {
    const old = { name: "a", plants: [] };
    expect(diff(bed, old, { name: "a", plants: [{ x: unknown }] }).detailed).toMatchObject({
      "plants[0]": { kind: "add" },
    });
    expect(diff(bed, old, { name: unknown, plants: [] })).toMatchObject({
      changed: ["name"],
      replaces: ["name"],
    });
  });

  test("replaces for an immutable property alone", () => {
    const changed = diff(bed, { name: "a", note: "x" }, { name: "b", note: "y" });
    expect(changed).toMatchObject({ changed: ["name", "note"], replaces: ["name"] });
  });

  test("leaves outputs out unless they are compared, also inside a value", () => {
    expect(diff(bed, { name: "a", sum: 1 }, { name: "a", sum: 2 }).changed).toEqual([]);
    const inner = { ...bed, compared: ["sum.of"] };
    expect(diff(inner, { sum: { of: 1, at: 1 } }, { sum: { of: 2, at: 2 } }).detailed).toEqual({
      "sum.of": { kind: "update", replaces: false, isInput: false },
    });
  });
});

describe("a deployment", () => {
  const wanted = {
    app: { name: "shop" },
    name: "shop",
    listen: "127.0.0.1:0",
    variables: { greeting: "hi" },
    digest: "sha256:1",
    status: "running",
  };

  test.each([
    ["status", "stopped"],
    ["variables", { greeting: "behind your back" }],
    ["listen", "127.0.0.1:1"],
    ["digest", "sha256:2"],
  ])("drifts in %s, and is brought back in place", (property, found) => {
    const drifted = diff(hostDeployment, { ...wanted, [property]: found }, wanted);
    expect(drifted).toMatchObject({ changed: [property], replaces: [] });
  });

  test("is deleted before it is replaced, whoever asks for that: its name is there once", () => {
    expect(diff(hostDeployment, wanted, { ...wanted, variables: {} })).toMatchObject({
      replaces: [],
      deleteBeforeReplace: true,
    });
    expect(diff(bed, { name: "a" }, { name: "b" }).deleteBeforeReplace).toBe(false);
  });

  test("is another one under another name or on another host", () => {
    const moved = { ...wanted, name: "store", host: { stateDir: "other" } };
    expect(diff(hostDeployment, wanted, moved).replaces).toEqual(["name", "host"]);
  });

  test("is not changed by what only the program knows of the app", () => {
    expect(diff(hostDeployment, wanted, { ...wanted, app: { name: "shop", authors: [] } }).changed).toEqual(
      [],
    );
  });
});
