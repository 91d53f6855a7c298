import { parse, TomlError } from "smol-toml";
import { SpinError } from "../errors/index.ts";
import type { Manifest } from "./types.ts";

/** The data of a spin.toml of version 2; ERR_SPIN_MANIFEST_* with line and column where TOML gives them. */
export function parseManifest(text: string): Manifest {
  const data = parseToml(text);
  const version = data["spin_manifest_version"];
  if (version !== 2) {
    const found = version === undefined ? "has no spin_manifest_version" : `has spin_manifest_version = ${JSON.stringify(version)}`;
    throw new SpinError("ERR_SPIN_MANIFEST_VERSION", `The manifest ${found}; expected 2.`, { path: "spin_manifest_version" });
  }
  for (const table of ["application", "trigger"]) {
    if (typeof data[table] === "object" && data[table] !== null) continue;
    throw new SpinError("ERR_SPIN_MANIFEST_TABLE", `The manifest has no [${table}] table.`, { path: table });
  }
  return data as unknown as Manifest;
}

function parseToml(text: string): Record<string, unknown> {
  try {
    return parse(text);
  } catch (error) {
    const position = error instanceof TomlError ? `${error.line}:${error.column}` : undefined;
    const reason = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
    throw new SpinError("ERR_SPIN_MANIFEST_TOML", `Line ${position ?? "?"}: ${reason.replace(/^Invalid TOML document: /, "")}.`, {
      ...(position === undefined ? {} : { path: position }),
      cause: error,
    });
  }
}
