/** `node dummy-component.ts OUTPUT.wasm "world w { … } package … { … }"`: a component of that world that does nothing. */
import { writeFileSync } from "node:fs";
import { componentEmbed, componentNew } from "@bytecodealliance/jco";

const [output = "dummy.wasm", wit = ""] = process.argv.slice(2);
const embedded = await componentEmbed({
  witSource: `package test:dummy;\n${wit}`,
  dummy: true,
  world: "w",
} as Parameters<typeof componentEmbed>[0]);
writeFileSync(output, await componentNew(embedded, []));
