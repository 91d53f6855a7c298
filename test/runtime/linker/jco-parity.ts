/**
 * `node jco-parity.ts`: a component as base64 on stdin, whose functions g0, g1 … pass on values of the types of
 * value-types.ts in their order. Prints where the linker and jco differ in what the host sees or gets back.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { text } from "node:stream/consumers";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { transpile } from "@bytecodealliance/jco";
import fc from "fast-check";
import { compileCoreModule } from "../../../runtime/linker/instantiate/core-module.ts";
import { linkComponent, makePlan } from "../../../runtime/linker/link.ts";
import { valueTypes } from "./value-types.ts";

type Function = (value: unknown) => unknown;
type Functions = Record<string, Function>;

const bytes = new Uint8Array(Buffer.from(await text(process.stdin), "base64"));
const names = Object.keys(valueTypes);
let seen: unknown;
const see: Function = (value) => (seen = value);

const linked = (await linkComponent(bytes, makePlan(bytes, []))).instantiate({
  "": Object.fromEntries(names.map((_name, index) => [`f${index}`, see])),
}).exports as Functions;
const transpiled = await instantiateTranspiled();

const differences = names.flatMap((name, index) => {
  const samples = fc.sample(valueTypes[name]?.values ?? fc.constant(undefined), { numRuns: 40, seed: 8 });
  const differs = samples.find(
    (value) => !isDeepStrictEqual(run(linked, index, value), run(transpiled, index, value)),
  );
  return differs === undefined
    ? []
    : [
        [
          name,
          JSON.stringify(differs, (_key, item: unknown) => (typeof item === "bigint" ? `${item}n` : item)),
        ],
      ];
});
process.stdout.write(JSON.stringify(differences));

/** What the host saw, and what came back. */
function run(functions: Functions, index: number, value: unknown): unknown {
  seen = undefined;
  const result = functions[`g${index}`]?.(value);
  return [seen, result];
}

async function instantiateTranspiled(): Promise<Functions> {
  const { files } = await transpile(bytes, {
    name: "component",
    instantiation: "async",
    noTypescript: true,
    base64Cutoff: 0,
  });
  const folder = mkdtempSync(join(tmpdir(), "jco-parity-"));
  try {
    for (const [name, content] of Object.entries(files))
      if (!name.endsWith(".d.ts"))
        writeFileSync(join(folder, name === "component.js" ? "component.mjs" : name), content);
    const module = (await import(pathToFileURL(join(folder, "component.mjs")).href)) as {
      instantiate(load: (name: string) => Promise<object>, imports: object): Promise<Functions>;
    };
    const imports = Object.fromEntries(names.map((_name, index) => [`f${index}`, { default: see }]));
    return await module.instantiate((name) => compileCoreModule(readFileSync(join(folder, name))), imports);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
