import { type Issue, SpinError } from "../errors/index.ts";
import { readToml } from "../toml/index.ts";
import { shapeIssues } from "./shape.ts";
import type { Manifest } from "./types.ts";

/**
 * The data of a spin.toml of version 2. Throws ERR_SPIN_MANIFEST_*: with `line:column` as path where the text is no
 * TOML, else with the key's path and all problems in the message.
 */
export function parseManifest(text: string): Manifest {
  const data = readToml(text, "ERR_SPIN_MANIFEST_TOML", "The manifest");
  const version = data["spin_manifest_version"] ?? data["spin_version"];
  if (version !== 2) {
    const found =
      version === undefined ? "has no spin_manifest_version" : `is of version ${JSON.stringify(version)}`;
    throw new SpinError("ERR_SPIN_MANIFEST_VERSION", `The manifest ${found}; expected 2.`, {
      path: "spin_manifest_version",
    });
  }
  const [first, ...others] = shapeIssues(data);
  if (first !== undefined) throw failure(first, others);
  return data as unknown as Manifest;
}

function failure({ code, path, message, hint }: Issue, others: Issue[]): SpinError {
  const more = others.map((it) => `${it.message} ${it.hint}`).join(" ");
  const text = others.length === 0 ? message : `${message} And ${others.length} more: ${more}`;
  return new SpinError(code, text, { path, hint });
}
