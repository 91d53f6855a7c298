import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageSchema } from "../../provider/schema/package-schema.ts";
import { checkout } from "../bootstrap/paths.mjs";
import type { Generator } from "../generate.ts";

/** schema.json: the resources as Pulumi's code generators read them. */
export const packageSchemaFile: Generator = {
  file: "schema.json",
  async render() {
    const { version } = JSON.parse(readFileSync(join(checkout, "package.json"), "utf8")) as {
      version: string;
    };
    return `${JSON.stringify(packageSchema(version), null, 2)}\n`;
  },
};
