import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Of this package. From the package.json above this file: in the sources it is nearer than in dist/. */
export function packageVersion(): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, "package.json"))) folder = dirname(folder);
  return (JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { version: string }).version;
}
