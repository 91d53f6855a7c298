import { z } from "zod";
import { SpinError } from "../../model/errors/index.ts";
import type { Manifest } from "../../model/manifest/index.ts";
import { diffCapabilities as diff, renderReview, worstRisk } from "../../model/review/index.ts";
import { readManifest } from "../../model/validate/manifest/index.ts";
import type { FunctionDefinition } from "../definition/function.ts";

export const diffCapabilities = {
  token: "spin:index:diffCapabilities",
  description: "What one application may do that another may not: the review that a person approves.",
  inputs: z.strictObject({
    base: z.string().describe("A spin.toml: what was approved before. An App outputs it as `manifest`."),
    head: z.string().describe("A spin.toml: what is to be approved."),
  }),
  outputs: z.object({
    changes: z.array(
      z.object({
        change: z.enum(["added", "removed", "widened", "narrowed", "changed"]),
        risk: z.enum(["low", "medium", "high", "critical"]),
        why: z.string().describe("One sentence for a reviewer."),
        component: z.string().describe("Component id; empty for the application itself."),
        kind: z.string().describe("`outbound-host`, `key-value-store`, `route` …"),
        before: z.array(z.string()),
        after: z.array(z.string()),
      }),
    ),
    worstRisk: z
      .enum(["low", "medium", "high", "critical"])
      .optional()
      .describe("Left out when the application only loses rights, or nothing changes."),
    markdown: z.string().describe("The changes as a table."),
  }),
  invoke({ base, head }) {
    const changes = diff(parsed("base", base), parsed("head", head));
    const worst = worstRisk(changes);
    const shown = changes.map(({ change, risk, why, component, kind, before, after }) => ({
      change,
      risk,
      why,
      component,
      kind,
      before,
      after,
    }));
    const markdown = renderReview(changes, { format: "markdown" });
    return { changes: shown, ...(worst === undefined ? {} : { worstRisk: worst }), markdown };
  },
} satisfies FunctionDefinition as FunctionDefinition;

function parsed(name: string, text: string): Manifest {
  const { manifest, issues } = readManifest(text);
  const first = issues.find(({ severity }) => severity === "error");
  if (manifest !== undefined && first === undefined) return manifest;
  const { line = 0, column = 0 } = first?.position ?? {};
  throw new SpinError(
    first?.code ?? "ERR_SPIN_MANIFEST_FILE",
    `${name}:${line}:${column}: ${first?.message ?? "no manifest"}`,
    { path: name, ...(first && { hint: first.hint }) },
  );
}
