import type { ComponentDefinition } from "../../model/definition.ts";
import { SpinError } from "../../model/errors/index.ts";
import { digestOf } from "../../model/digest.ts";
import { readBinary } from "./binary.ts";
import { buildComponent } from "./build-component.ts";

/**
 * The binary of a component as its definition says: built when this machine has not built it yet, and of that digest.
 * ERR_SPIN_COMPONENT_CHANGED when the sources give another one by now.
 */
export async function componentBytes(
  component: ComponentDefinition,
  projectDir: string,
  signal?: AbortSignal,
): Promise<Buffer> {
  const { id: componentId, source, build } = component;
  const inputs = { componentId, source, ...(build === undefined ? {} : { build }) };
  if (build !== undefined) await buildComponent({ projectDir, inputs, ...(signal && { signal }) });
  const bytes = await readBinary(projectDir, inputs);
  const found = digestOf(bytes);
  if (found === component.digest) return bytes;
  throw new SpinError(
    "ERR_SPIN_COMPONENT_CHANGED",
    `${JSON.stringify(source)} is ${found}, but this deployment was planned with ${component.digest}.`,
    { path: "app.components" },
  );
}
