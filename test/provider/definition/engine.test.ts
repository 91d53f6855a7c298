import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "@jest/globals";
import { z } from "zod";
import { contextOf } from "../../../provider/definition/context.ts";
import { engineOf } from "../../../provider/definition/engine.ts";
import { isPartialFailure, PartialFailure } from "../../../provider/definition/partial-failure.ts";
import type { ResourceDefinition } from "../../../provider/definition/resource.ts";
import { versionKey } from "../../../provider/definition/kept-keys.ts";
import { unknown } from "../../../provider/definition/unknown.ts";

const bed: ResourceDefinition = {
  token: "spin:index:Bed",
  description: "A bed.",
  inputs: z.strictObject({ name: z.string(), rows: z.int().default(1) }),
  outputs: z.object({ area: z.number(), planted: z.string() }),
  immutable: ["name"],
  identify: ({ name }) => String(name),
  derive: ({ rows }, _context, old) => ({
    area: typeof rows === "number" ? rows * 2 : unknown,
    planted: old?.["planted"] ?? "nothing",
  }),
};
const context = contextOf({ projectDir: "/nowhere", log: () => {} });

describe("a resource that only computes", () => {
  const engine = engineOf(bed);

  test("has as outputs its inputs and what follows, whatever else was handed over", async () => {
    const created = await engine.create({ name: "east", rows: 3, area: "stale" }, context);
    expect(created).toEqual({ id: "east", outputs: { name: "east", rows: 3, area: 6, planted: "nothing" } });
  });

  test("carries over in plan and update what only state knows", async () => {
    const old = { name: "east", rows: 3, area: 6, planted: "leek" };
    const planned = await engine.plan({ name: "east", rows: unknown }, context, old);
    expect(planned).toEqual({ name: "east", rows: unknown, area: unknown, planted: "leek" });
    expect(await engine.update("east", old, { name: "east", rows: 4 }, context)).toMatchObject({
      area: 8,
      planted: "leek",
    });
  });

  test("is what state says when it is read", async () => {
    const outputs = { name: "east", rows: 3, area: 6, planted: "leek" };
    expect(await engine.read("east", outputs, context)).toEqual({
      outputs,
      inputs: { name: "east", rows: 3 },
    });
  });
});

describe("the version of stored outputs", () => {
  const newer: ResourceDefinition = {
    ...bed,
    migrations: [({ lines, ...rest }) => ({ ...rest, rows: lines }), (it) => ({ ...it, planted: "nothing" })],
  };
  const old = { name: "east", lines: 3, area: 6 };

  test("is written once there is more than one", async () => {
    expect((await engineOf(bed).create({ name: "east", rows: 1 }, context)).outputs).not.toHaveProperty(
      versionKey,
    );
    expect((await engineOf(newer).create({ name: "east", rows: 1 }, context)).outputs).toHaveProperty(
      versionKey,
      2,
    );
  });

  test("brings older outputs to the present form before a diff, which then finds nothing", async () => {
    const planned = await engineOf(newer).plan({ name: "east", rows: 3 }, context, old);
    expect(engineOf(newer).diff(old, planned)).toMatchObject({ changed: [], detailed: {} });
  });

  test("does so from where they are, on read as well", async () => {
    const read = await engineOf(newer).read(
      "east",
      { ...old, lines: undefined, rows: 3, [versionKey]: 1 },
      context,
    );
    expect(read?.outputs).toMatchObject({ rows: 3, planted: "nothing", [versionKey]: 2 });
  });

  test("of a newer package is refused, with the next step", () => {
    expect(() => engineOf(newer).diff({ ...old, [versionKey]: 3 }, old)).toThrow(
      expect.objectContaining({ code: "ERR_SPIN_STATE_NEWER", hint: expect.stringContaining("Install") }),
    );
  });
});

describe("an operation that takes long", () => {
  const slow = (create: NonNullable<ResourceDefinition["create"]>) => engineOf({ ...bed, create });
  const until = (signal: AbortSignal) => sleep(60_000, undefined, { signal });

  test("gives up when its time is over, and says which setting allows more", async () => {
    const engine = slow(async (_inputs, { signal }) => until(signal) as Promise<never>);
    await expect(engine.create({ name: "east" }, context, { timeoutMs: 20 })).rejects.toMatchObject({
      code: "ERR_SPIN_OPERATION_TIMEOUT",
      message: "The create took longer than the 0.02 s that customTimeouts.create allows.",
    });
  });

  test("gives up when Pulumi cancels it, and does not begin after that", async () => {
    const cancel = new AbortController();
    const cancelled = { ...context, signal: cancel.signal };
    let begun = 0;
    const engine = slow(async (_inputs, { signal }) => {
      begun++;
      setImmediate(() => cancel.abort());
      return until(signal) as Promise<never>;
    });
    const code = "ERR_SPIN_OPERATION_CANCELLED";
    await expect(engine.create({ name: "east" }, cancelled)).rejects.toMatchObject({ code });
    await expect(engine.create({ name: "east" }, cancelled)).rejects.toMatchObject({ code });
    expect(begun).toBe(1);
  });

  test("and made something keeps the id and what exists, with both reasons", async () => {
    const engine = slow(async ({ name }, { signal }) => {
      await until(signal).catch(() => undefined);
      throw new PartialFailure(name, { name, rows: 0 }, new Error("The bed is dug, not planted."));
    });
    const failure: unknown = await engine
      .create({ name: "east" }, context, { timeoutMs: 20 })
      .catch((it) => it);
    expect(isPartialFailure(failure)).toBe(true);
    expect(failure).toMatchObject({ id: "east", outputs: { name: "east", rows: 0 } });
    expect(String(failure)).toMatch(/took longer than the 0\.02 s.*The bed is dug, not planted\./);
  });

  test("and ends well in time is not touched", async () => {
    const engine = slow(async ({ name }) => ({ id: name, outputs: {} }));
    expect(await engine.create({ name: "east" }, context, { timeoutMs: 10_000 })).toMatchObject({
      id: "east",
    });
  });
});
