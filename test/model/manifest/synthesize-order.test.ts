import { describe, expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { parse } from "smol-toml";
import { type Manifest, parseManifest, synthesize } from "../../../model/index.ts";
import { anyCharacter } from "../../support/any-character.ts";

const text = fc.string({ unit: anyCharacter }).map((it) => it.toWellFormed());
const texts = fc.array(text, { maxLength: 3 });
const record = <T>(value: fc.Arbitrary<T>) => fc.dictionary(text, value, { maxKeys: 3 });
const maybe = <T extends object>(shape: { [K in keyof T]: fc.Arbitrary<T[K]> }, requiredKeys: (keyof T)[]) =>
  fc.record(shape, { requiredKeys, noNullPrototype: true } as never) as fc.Arbitrary<T>;

const setting: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    text,
    fc.boolean(),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).filter((it) => !Number.isInteger(it)),
    fc.array(tie("value"), { maxLength: 3 }),
    record(tie("value")),
  ),
})).value;

const component = maybe<object & Record<string, unknown>>(
  {
    source: fc.oneof(text, fc.record({ url: text, digest: text })),
    description: text,
    variables: record(text),
    environment: record(text),
    files: fc.array(fc.record({ source: text, destination: text }), { maxLength: 2 }),
    allowed_outbound_hosts: texts,
    ai_models: texts,
    tool: record(record(setting)),
    build: fc.record({ command: fc.oneof(text, texts), watch: texts }),
  } as never,
  ["source"],
);

const manifests = maybe<object & Record<string, unknown>>(
  {
    spin_manifest_version: fc.constant(2),
    application: maybe({ name: text, version: text, authors: texts } as never, ["name"]),
    variables: record(maybe({ default: text, required: fc.boolean(), secret: fc.boolean() } as never, [])),
    trigger: record(
      fc.array(fc.record({ route: setting, static_response: record(setting) }), { maxLength: 2 }),
    ),
    component: record(component),
  } as never,
  ["spin_manifest_version", "application", "trigger"],
) as unknown as fc.Arbitrary<Manifest>;

/** The same data with the keys of every table but the ordered ones the other way round. */
function shuffled<T>(value: T, path = ""): T {
  if (Array.isArray(value)) return value.map((item) => shuffled(item, `${path}[]`)) as T;
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).map(
    ([key, member]) => [key, shuffled(member, `${path}/${key}`)] as const,
  );
  const isOrdered = ["/variables", "/trigger", "/component"].includes(path);
  return Object.fromEntries(isOrdered ? members : members.toReversed()) as T;
}

/** Tables that hold nothing are not written. */
function withoutEmpty(manifest: Manifest): Manifest {
  const { variables, component: components, ...rest } = manifest;
  const some = (table: object | undefined): boolean => Object.keys(table ?? {}).length > 0;
  return {
    ...rest,
    ...(some(variables) ? { variables } : {}),
    ...(some(components) ? { component: components } : {}),
  } as Manifest;
}

describe("synthesize", () => {
  test("writes what parseManifest reads back as the same data", () => {
    fc.assert(
      fc.property(manifests, (manifest) => {
        const written = synthesize(manifest);
        expect(parse(written)).toEqual(withoutEmpty(manifest));
        expect(parseManifest(written)).toEqual(parse(written));
      }),
      { numRuns: 80 },
    );
  });

  test("gives equal bytes whatever the order of keys", () => {
    fc.assert(
      fc.property(manifests, (manifest) => expect(synthesize(shuffled(manifest))).toBe(synthesize(manifest))),
      { numRuns: 80 },
    );
  });

  test("keeps the order of variables, triggers and components", () => {
    const names = (list: string[]): Record<string, never> =>
      Object.fromEntries(list.map((name) => [name, {}])) as never;
    const manifest = {
      spin_manifest_version: 2,
      application: { name: "a" },
      variables: names(["z", "a"]),
      trigger: { redis: [{ channel: "c" }], http: [{ route: "/2" }, { route: "/1" }] },
      component: { z: { source: "z" }, a: { source: "a" } },
    } as unknown as Manifest;
    expect(synthesize(manifest).match(/^(z|a) =|^\[.*|^route.*/gm)).toEqual([
      "[application]",
      "[variables]",
      "z =",
      "a =",
      "[[trigger.redis]]",
      "[[trigger.http]]",
      'route = "/2"',
      "[[trigger.http]]",
      'route = "/1"',
      "[component.z]",
      "[component.a]",
    ]);
  });

  test("writes dates of tools as TOML has them, and leaves null out", () => {
    const manifest = parseManifest(
      'spin_manifest_version = 2\n[application]\nname = "a"\n[application.tool.x]\nday = 1979-05-27\n[trigger]\n',
    );
    const tool = { x: { ...manifest.application.tool?.["x"], nothing: null } };
    const written = synthesize({ ...manifest, application: { ...manifest.application, tool } });
    expect(written).toContain("tool = { x = { day = 1979-05-27 } }");
  });

  test("writes the trigger table that Spin requires, also without triggers", () => {
    const written = synthesize({ spin_manifest_version: 2, application: { name: "a" }, trigger: {} });
    expect(parseManifest(written).trigger).toEqual({});
  });
});
