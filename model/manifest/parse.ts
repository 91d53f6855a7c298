import { parse, TomlError } from "smol-toml";
import { type Issue, SpinError } from "../errors/index.ts";
import { shapeIssues } from "./shape.ts";
import type { Manifest } from "./types.ts";

/**
 * The data of a spin.toml of version 2. Throws ERR_SPIN_MANIFEST_*: with `line:column` as path where the text is no
 * TOML, else with the key's path and all problems in the message.
 */
export function parseManifest(text: string): Manifest {
  const data = parseToml(text);
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

function parseToml(text: string): Record<string, unknown> {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof TomlError)) {
      // Nested too deeply for the parser's recursion.
      throw new SpinError("ERR_SPIN_MANIFEST_TOML", `The manifest cannot be read: ${String(error)}.`, {
        cause: error,
      });
    }
    const { line, column } = error;
    const [reason = ""] = error.message.replace(/^Invalid TOML document: /, "").split("\n");
    throw new SpinError(
      "ERR_SPIN_MANIFEST_TOML",
      `Line ${line}, column ${column}: ${reason.replace(/\.$/, "")}.`,
      {
        path: `${line}:${column}`,
        cause: error,
      },
    );
  }
}
