// src/lib.rs → dist/stats.wasm (a component) where Rust has a WASI target; elsewhere the committed stats.wasm is taken.
// `node build.mjs --update` builds, and makes the result the committed one.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { componentNew, preview1AdapterReactorPath } from "@bytecodealliance/jco";
import { sha256, sourceSha256 } from "./source-digest.mjs";

const isUpdate = process.argv.includes("--update");

// Cargo reads Cargo.toml from the working directory.
process.chdir(import.meta.dirname);
mkdirSync("dist", { recursive: true });
const target = ["wasm32-wasip1", "wasm32-wasip2"].find(hasTarget);
const fromSource = target === undefined ? undefined : await build(target);
const obstacle = target === undefined ? "Rust has no WASI target here" : "cargo could not build it";

if (fromSource !== undefined) {
  writeFileSync("dist/stats.wasm", fromSource);
  if (isUpdate) commit(fromSource);
} else if (!isUpdate && isCommittedCurrent()) {
  console.log(`stats: ${obstacle}; the committed stats.wasm is of this very source, and is used instead.`);
  writeFileSync("dist/stats.wasm", readFileSync("stats.wasm"));
} else {
  const reason = isUpdate ? obstacle : `${obstacle}, and the committed stats.wasm is of another source`;
  console.error(`stats: ${reason}. Install a target, then build again: rustup target add wasm32-wasip1`);
  process.exitCode = 1;
}

function hasTarget(name) {
  const rustc = process.env.RUSTC ?? "rustc";
  const { status, stdout } = spawnSync(rustc, ["--print", "target-libdir", "--target", name], {
    encoding: "utf8",
  });
  return status === 0 && existsSync(stdout.trim());
}

/** The component, or undefined when cargo failed; it has said why on stderr. */
async function build(name) {
  const { status } = spawnSync(
    "cargo",
    ["build", "--release", "--locked", "--target", name, "--target-dir", "dist/cargo"],
    { stdio: "inherit", env: { ...process.env, CARGO_ENCODED_RUSTFLAGS: remapPaths().join("\x1f") } },
  );
  if (status !== 0) return undefined;
  const output = readFileSync(`dist/cargo/${name}/release/stats.wasm`);
  if (name === "wasm32-wasip2") return output;
  // wasip1 gives a core module; the adapter turns its imports into those of a component.
  return componentNew(output, [["wasi_snapshot_preview1", readFileSync(preview1AdapterReactorPath())]]);
}

// Panic messages name their source file; where this machine keeps it is nobody else's business.
function remapPaths() {
  const cargoHome = process.env.CARGO_HOME ?? join(homedir(), ".cargo");
  return [`--remap-path-prefix=${cargoHome}=cargo`, `--remap-path-prefix=${process.cwd()}=stats`];
}

function commit(component) {
  writeFileSync("stats.wasm", component);
  const origin = {
    sourceSha256: sourceSha256(),
    wasmSha256: sha256(component),
    recipe: `node build.mjs --update (${target})`,
  };
  writeFileSync("stats.wasm.json", `${JSON.stringify(origin, null, 2)}\n`);
}

function isCommittedCurrent() {
  const origin = JSON.parse(readFileSync("stats.wasm.json", "utf8"));
  return origin.sourceSha256 === sourceSha256() && origin.wasmSha256 === sha256(readFileSync("stats.wasm"));
}
