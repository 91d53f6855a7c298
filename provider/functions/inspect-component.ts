import { z } from "zod";
import { inspectWasm } from "../../model/wasm/index.ts";
import { digestOf } from "../../model/digest.ts";
import { readBinary } from "../build/binary.ts";
import type { FunctionDefinition } from "../definition/function.ts";

export const inspectComponent = {
  token: "spin:index:inspectComponent",
  description: "What a WebAssembly binary says about itself, without running it.",
  inputs: z.strictObject({
    source: z
      .union([
        z.string(),
        z.strictObject({
          url: z.string().describe("http or https."),
          digest: z.string().describe("`sha256:<hex>` that the bytes must have."),
        }),
      ])
      .describe("The .wasm file, relative to the project, or where to fetch it."),
  }),
  outputs: z.object({
    digest: z.string().describe("`sha256:<hex>` of the binary."),
    sizeBytes: z.int(),
    kind: z.enum(["component", "module"]),
    imports: z.array(z.string()).describe("WIT interfaces that it imports."),
    exports: z.array(z.string()).describe("WIT interfaces that it exports."),
    producers: z.record(z.string(), z.array(z.string())).describe("The tool chains that made it."),
  }),
  async invoke({ source }, { projectDir }) {
    const bytes = await readBinary(projectDir, { componentId: "inspected", source });
    const { sizeBytes, kind, imports, exports, producers } = inspectWasm(bytes);
    return { digest: digestOf(bytes), sizeBytes, kind, imports, exports, producers };
  },
} satisfies FunctionDefinition as FunctionDefinition;
