/** Components that can be planned, small enough that changes hit what the linker reads. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { checkout } from "../../bootstrap/paths.mjs";
import type { Many } from "../random.ts";
import { withoutCode } from "../wasm-pieces.ts";

export const components: Many<Uint8Array> = [
  withoutCode(readFileSync(join(checkout, "examples/quickstart/components/stats/stats.wasm"))),
];
