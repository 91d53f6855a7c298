import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const script = fileURLToPath(new URL("wit-of.ts", import.meta.url));

/** Validates components with wasm-tools, as jco brings it, and returns their WIT. In a process of its own. */
export function judge(...binaries: Uint8Array[]): string[] {
  const output = execFileSync(process.execPath, [script], {
    input: JSON.stringify(binaries.map((it) => Buffer.from(it).toString("base64"))),
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  return JSON.parse(output) as string[];
}

/** The names that a world imports, sorted. */
export function importsIn(wit: string): string[] {
  return [...wit.matchAll(/^ {2}import ([^;{]+?)(?:: func\(.*)?;$/gm)].map(([, name = ""]) => name).sort();
}
