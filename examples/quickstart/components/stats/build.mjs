// src/lib.rs → dist/stats.wasm (a component) where Rust has a WASI target; elsewhere the committed stats.wasm is taken.
// `node build.mjs --update` builds, and makes the result the committed one.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { componentNew, preview1AdapterReactorPath } from "@bytecodealliance/jco";
import { sha256, sourceSha256 } from "./source-digest.mjs";

const recipe = "node build.mjs --update";
const isUpdate = process.argv.includes("--update");

process.chdir(import.meta.dirname);
mkdirSync("dist", { recursive: true });
const target = ["wasm32-wasip2", "wasm32-wasip1"].find(hasTarget);
try {
  writeFileSync("dist/stats.wasm", target === undefined ? committed() : await built(target));
} catch (error) {
  console.error(`stats: ${error.message}`);
  process.exitCode = 1;
}

function hasTarget(name) {
  const { stdout, status } = run(process.env.RUSTC ?? "rustc", ["--print", "target-libdir", "--target", name]);
  return status === 0 && existsSync(stdout.trim()) && run("cargo", ["--version"]).status === 0;
}

async function built(name) {
  const cargo = ["build", "--release", "--locked", "--target", name, "--target-dir", "dist/cargo"];
  const { status, stderr } = run("cargo", cargo, { CARGO_ENCODED_RUSTFLAGS: remapPaths().join("\x1f") });
  if (status !== 0) {
    throw new Error(`cargo could not build it for ${name}.\n${stderr}`);
  }
  const output = readFileSync(`dist/cargo/${name}/release/stats.wasm`);
  const component = name === "wasm32-wasip2" ? output : await adapted(output);
  if (isUpdate) {
    writeFileSync("stats.wasm", component);
    const origin = { sourceSha256: sourceSha256(), wasmSha256: sha256(component), target: name, recipe };
    writeFileSync("stats.wasm.json", `${JSON.stringify(origin, null, 2)}\n`);
  }
  return component;
}

// A wasip1 build is a core module; the adapter gives it the WASI 0.2 imports of a component.
async function adapted(core) {
  const adapter = readFileSync(preview1AdapterReactorPath());
  return componentNew(core, [["wasi_snapshot_preview1", adapter]]);
}

function committed() {
  const reason = "no WebAssembly target for Rust is installed here";
  if (isUpdate) {
    throw new Error(`${reason}. Install one: rustup target add wasm32-wasip2`);
  }
  const component = readFileSync("stats.wasm");
  const origin = JSON.parse(readFileSync("stats.wasm.json", "utf8"));
  if (origin.sourceSha256 !== sourceSha256() || origin.wasmSha256 !== sha256(component)) {
    throw new Error(
      `The committed stats.wasm is not of this source, and ${reason}.\n` +
        "Install one, then build again: rustup target add wasm32-wasip2",
    );
  }
  console.log(`stats: ${reason} (rustup target add wasm32-wasip2); the committed stats.wasm is of this source.`);
  return component;
}

// Panic messages carry the path of their source file; nobody else needs to know where this machine keeps it.
function remapPaths() {
  const cargoHome = process.env.CARGO_HOME ?? join(homedir(), ".cargo");
  return [`--remap-path-prefix=${cargoHome}=cargo`, `--remap-path-prefix=${process.cwd()}=stats`];
}

function run(command, args, env = {}) {
  return spawnSync(command, args, { encoding: "utf8", env: { ...process.env, ...env } });
}
