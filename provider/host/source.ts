/** What a deployment deploys: the application of a program, or that of an artifact. */
import type { AppDefinition } from "../../model/definition.ts";
import type { Properties } from "../definition/resource.ts";
import { isUnknown, unknown, type Unknown } from "../definition/unknown.ts";

/** Where the application stands among the inputs. */
export function appPath(inputs: Properties): "app" | "artifact.app" {
  return "artifact" in inputs ? "artifact.app" : "app";
}

/** `undefined` where there is none, or none is known yet. */
export function appOf({ app, artifact }: Properties): AppDefinition | Unknown | undefined {
  const found = artifact === undefined ? app : isUnknown(artifact) ? unknown : artifact.app;
  return found as AppDefinition | Unknown | undefined;
}

/** The same deployment with another application in its place. */
export function withApp(inputs: Properties, app: Properties): Properties {
  const { artifact } = inputs;
  return artifact === undefined ? { ...inputs, app } : { ...inputs, artifact: { ...artifact, app } };
}
