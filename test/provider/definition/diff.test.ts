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
  test("is empty for equal values, whatever the order of their keys", () => {
    const old = { name: "a", plants: [{ x: 1, y: { b: 2, a: 1 } }], sum: 1 };
    const same = { plants: [{ y: { a: 1, b: 2 }, x: 1 }], name: "a", sum: 2 };
    expect(diff(bed, old, same)).toEqual({ changed: [], replaces: [] });
  });

  test("sees a changed order in a list", () => {
    expect(diff(bed, { name: "a", plants: [1, 2] }, { name: "a", plants: [2, 1] }).changed).toEqual([
      "plants",
    ]);
  });

  test("sees a property that was removed, and one that was added", () => {
    expect(diff(bed, { name: "a", note: "old" }, { name: "a" }).changed).toEqual(["note"]);
    expect(diff(bed, { name: "a" }, { name: "a", note: "new" }).changed).toEqual(["note"]);
  });

  test("counts what is not known yet as changed, at any depth, without announcing a replacement", () => {
    expect(diff(bed, { name: "a", plants: [] }, { name: "a", plants: [{ x: unknown }] }).changed).toEqual([
      "plants",
    ]);
    expect(diff(bed, { name: "a" }, { name: unknown })).toEqual({ changed: ["name"], replaces: [] });
  });

  test("replaces for an immutable property alone", () => {
    const changed = diff(bed, { name: "a", note: "x" }, { name: "b", note: "y" });
    expect(changed).toEqual({ changed: ["name", "note"], replaces: ["name"] });
  });

  test("leaves outputs out that nobody asked for", () => {
    expect(diff(bed, { name: "a", sum: 1 }, { name: "a", sum: 2 }).changed).toEqual([]);
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
    expect(drifted).toEqual({ changed: [property], replaces: [] });
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
