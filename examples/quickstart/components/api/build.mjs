// src/index.ts → dist/index.js (one module) → dist/api.wasm (a component), with Spin's JavaScript build tools.
import { spawnSync } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { SpinEsbuildPlugin } from "@spinframework/build-tools/plugins/esbuild/index.js";
import { build } from "esbuild";

const componentPath = "dist/api.wasm";

// The build tools read package.json and wit/ from the working directory.
process.chdir(import.meta.dirname);
rmSync("dist", { recursive: true, force: true });
await build({
  entryPoints: ["src/index.ts"],
  outfile: "dist/index.js",
  bundle: true,
  format: "esm",
  target: "es2022",
  logLevel: "warning",
  plugins: [await SpinEsbuildPlugin()],
}).catch(() => process.exit(1)); // esbuild has printed why.

const buildTools = dirname(createRequire(import.meta.url).resolve("@spinframework/build-tools/package.json"));
spawnSync(process.execPath, [join(buildTools, "dist/index.js"), "-i", "dist/index.js", "-o", componentPath], {
  stdio: "inherit",
});
// j2w prints its failures and ends with 0 all the same.
process.exitCode = existsSync(componentPath) ? 0 : 1;
