/** `npm run stop`: a checkout that never started anything needs no installation to stop it. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { runDir } from "./bootstrap/paths.mjs";

if (existsSync(join(runDir, "state"))) {
  process.argv.splice(2, 0, "quickstart/stop.ts");
  await import("./run.mjs");
} else {
  process.stdout.write("There is nothing to stop.\n");
}
