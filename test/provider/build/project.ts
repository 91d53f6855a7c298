/** A project folder with a component whose "tool chain" is one line of Node, and a cache folder of its own. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { BuildInputs } from "../../../provider/build/index.ts";

/** A component of the smallest world, made by jco in a process of its own. */
export function smallComponent(): Buffer {
  const folder = mkdtempSync(join(tmpdir(), "dummy-"));
  const script = fileURLToPath(new URL("../../runtime/component/dummy-component.ts", import.meta.url));
  const output = join(folder, "dummy.wasm");
  const { status, stderr } = spawnSync(process.execPath, [script, output, "world w { export run: func(); }"]);
  if (status !== 0) throw new Error(stderr.toString());
  const bytes = readFileSync(output);
  rmSync(folder, { recursive: true });
  return bytes;
}

/** Copies the prepared binary to where the build must put it, and notes that it ran. */
const copy = `const fs = require("node:fs");
fs.mkdirSync("dist", { recursive: true });
fs.copyFileSync("prebuilt.wasm", "dist/api.wasm");
fs.appendFileSync("../builds.txt", "built\\n");
fs.writeFileSync("../environment.json", JSON.stringify(process.env));
console.log("one line of output");
`;

export class Project {
  readonly #root = mkdtempSync(join(tmpdir(), "project-"));
  readonly folder = join(this.#root, "project");
  readonly #formerCache = process.env["XDG_CACHE_HOME"];

  constructor(binary: Uint8Array) {
    process.env["XDG_CACHE_HOME"] = join(this.#root, "cache");
    this.write("api/prebuilt.wasm", binary);
    this.write("api/build.cjs", copy);
    this.write("api/src/index.ts", "export {}");
  }

  readonly inputs: BuildInputs = {
    componentId: "api",
    source: "api/dist/api.wasm",
    build: { command: [process.execPath, "build.cjs"], workdir: "api", watch: ["src/**/*.ts"] },
  };

  write(path: string, content: string | Uint8Array): void {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true });
    writeFileSync(join(this.folder, path), content);
  }

  read(path: string): string {
    return readFileSync(join(this.folder, path), "utf8");
  }

  /** How often the build ran. */
  get builds(): number {
    try {
      return this.read("builds.txt").split("\n").length - 1;
    } catch {
      return 0;
    }
  }

  remove(): void {
    if (this.#formerCache === undefined) delete process.env["XDG_CACHE_HOME"];
    else process.env["XDG_CACHE_HOME"] = this.#formerCache;
    rmSync(this.#root, { recursive: true, force: true });
  }
}
