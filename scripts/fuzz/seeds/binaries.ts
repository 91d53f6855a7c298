/** Binaries: the shells of real ones, and small ones by hand with what those do not have. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { checkout } from "../../bootstrap/paths.mjs";
import type { Many } from "../random.ts";
import { withoutLargeSections } from "../wasm-pieces.ts";

const read = (path: string): Uint8Array => withoutLargeSections(readFileSync(path));

const text = (name: string): number[] => [name.length, ...Buffer.from(name)];
const section = (id: number, ...content: number[]): number[] => [id, content.length, ...content];
const component = (...sections: number[][]): Uint8Array =>
  Uint8Array.from([0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0, ...sections.flat()]);
const module = (...sections: number[][]): Uint8Array =>
  Uint8Array.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, ...sections.flat()]);

const producers = section(
  0,
  ...text("producers"),
  2,
  ...text("language"),
  1,
  ...text("Rust"),
  ...text("1.90"),
  ...text("__proto__"),
  1,
  ...text("a"),
  0,
);

export const binaries: Many<Uint8Array> = [
  // Of the repository and of a locked package, so that the inputs of a seed stay the same.
  read(join(checkout, "examples/quickstart/components/stats/stats.wasm")),
  read(join(checkout, "node_modules/@bytecodealliance/jco/lib/wasi_snapshot_preview1.reactor.wasm")),
  component(),
  module(),
  component(producers, section(0, ...text("name"), 0), section(1, ...module())),
  // Imports: an instance, a function, a type that is a resource, a value equal to another; a name with attributes.
  component(section(10, 1, 0, ...text("wasi:http/types@0.2.0"), 5, 0)),
  component(section(10, 3, 1, ...text("run"), 1, 0, 0, ...text("r"), 3, 1, 0, ...text("v"), 2, 0, 1)),
  component(section(10, 1, 2, ...text("a:b/c"), 1, 0, ...text("1.0.0"), 5, 0)),
  component(section(10, 1, 0, ...text("m"), 0, 0x11, 0)),
  // Exports: of an instance, of a core module with a type said.
  component(
    section(11, 2, 0, ...text("wasi:cli/run@0.2.0"), 5, 0, 0, 0, ...text("m"), 0, 0x11, 0, 1, 0, 0x11, 0),
  ),
  // A function, a table of references, a 64-bit memory with a maximum, a global and a tag.
  module(
    section(
      2,
      5,
      ...text("env"),
      ...text("f"),
      0,
      0,
      ...text("env"),
      ...text("t"),
      1,
      0x64,
      0x70,
      1,
      0,
      9,
      ...text("env"),
      ...text("m"),
      2,
      5,
      1,
      2,
      ...text("env"),
      ...text("g"),
      3,
      0x7f,
      0,
      ...text("env"),
      ...text("e"),
      4,
      0,
      0,
    ),
    section(7, 1, ...text("_start"), 0, 0),
  ),
  component(section(4, ...component(section(10, 0)))),
];
