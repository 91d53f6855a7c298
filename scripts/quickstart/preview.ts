import { Failure } from "../bootstrap/failure.mjs";
import { runPulumi } from "./run-pulumi.ts";
import { isKind } from "./stack.ts";
import type { Workspace } from "./workspace.ts";

export interface PreviewedResource {
  type: string;
  /** The program's, as the provider checked them; what is not known yet is a text that stands for it. */
  inputs: Record<string, unknown>;
}

interface PreviewReport {
  steps?: { newState?: { type: string; inputs?: Record<string, unknown> } }[];
  diagnostics?: { message: string; severity: string }[];
}

/** Asks Pulumi what it would do; nothing is written. Throws a Failure with the errors that it reports. */
export async function previewResources(workspace: Workspace): Promise<PreviewedResource[]> {
  const args = ["preview", "--json", "--show-sames", "--non-interactive", "--stack", workspace.stack];
  const { exitCode, stdout, stderr } = await runPulumi(workspace, args, { output: "capture" });
  const report = parseReport(stdout);
  if (exitCode !== 0 || report === undefined) {
    const errors = (report?.diagnostics ?? []).filter(({ severity }) => severity === "error");
    const lines =
      errors.length > 0 ? errors.map(({ message }) => message.trim()) : [`${stdout}${stderr}`.trim()];
    throw new Failure(
      `${lines.join("\n")}\n\nThe program in ${workspace.projectDir} cannot be deployed as it is; nothing was changed.`,
      "Correct the places named above and run npm start again.",
    );
  }
  return (report.steps ?? []).flatMap(({ newState }) =>
    newState === undefined ? [] : [{ type: newState.type, inputs: newState.inputs ?? {} }],
  );
}

/** The resources of one kind, for example `Component`. */
export function ofKind(resources: PreviewedResource[], kind: string): PreviewedResource[] {
  return resources.filter(({ type }) => isKind(type, kind));
}

function parseReport(text: string): PreviewReport | undefined {
  try {
    return JSON.parse(text) as PreviewReport;
  } catch {
    return undefined;
  }
}
