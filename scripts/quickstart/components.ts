import type { BuildInputs } from "../../provider/build/index.ts";
import { Failure } from "../bootstrap/failure.mjs";
import { describeError } from "../../model/errors/index.ts";
import { loadBuild } from "./built-package.ts";
import { ofKind, type PreviewedResource } from "./preview.ts";
import type { Workspace } from "./workspace.ts";

/**
 * Builds the components whose sources changed, before `pulumi up`: its preview then knows their digests, and
 * what the tool chains print is seen as it comes. Returns how many were built.
 */
export async function buildComponents(
  { projectDir }: Workspace,
  resources: PreviewedResource[],
  say: (line: string) => void,
): Promise<number> {
  const { buildComponent } = await loadBuild();
  let count = 0;
  for (const { inputs } of ofKind(resources, "Component")) {
    const component = buildInputs(inputs);
    if (component === undefined) continue;
    try {
      const { built, digest, sizeBytes } = await buildComponent({
        projectDir,
        inputs: component,
        onOutput: (line) => say(`    ${line}`),
      });
      if (built) count++;
      say(
        `  ${component.componentId}: ${built ? "built" : "unchanged"}, ${Math.ceil(sizeBytes / 1024)} KiB, ${digest.slice(0, 19)}`,
      );
    } catch (error) {
      throw new Failure(
        describeError(error),
        "Correct that and run npm start again, which goes on from here.",
        { cause: error },
      );
    }
  }
  return count;
}

/** Undefined while an input comes from a resource that is not there yet: `pulumi up` builds it then. */
function buildInputs({ componentId, source, build }: Record<string, unknown>): BuildInputs | undefined {
  if (typeof componentId !== "string" || typeof source !== "string") return undefined;
  if (build === undefined) return { componentId, source };
  if (typeof build !== "object") return undefined;
  return { componentId, source, build: build as NonNullable<BuildInputs["build"]> };
}
