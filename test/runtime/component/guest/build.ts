/** `node build.ts OUTPUT.wasm`: the test guest as a component. In a process of its own, since it loads a second engine. */
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { componentize } from "@bytecodealliance/componentize-js";
import { guestWit } from "./wit.ts";

const output = process.argv[2] ?? "guest.wasm";
const options = {
  sourcePath: fileURLToPath(new URL("guest.js", import.meta.url)),
  witWorld: guestWit(),
  worldName: "guest",
  disableFeatures: ["fetch-event" as const],
};
const { component } = await componentize(options);
mkdirSync(dirname(output), { recursive: true });
writeFileSync(`${output}.${process.pid}`, component);
renameSync(`${output}.${process.pid}`, output);
