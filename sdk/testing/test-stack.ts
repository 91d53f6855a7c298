import type { AppDefinition } from "../../model/definition.ts";

/** A resource that a program registered. */
export interface TestResource {
  /** `App`, `Route` … for resources of this package, else Pulumi's type token. */
  type: string;
  name: string;
  /** As the program gave them, secrets in plain text. */
  inputs: Record<string, unknown>;
  /** As the provider would answer; what only a deployment tells is not there. */
  outputs: Record<string, unknown>;
}

/** What a program declared. */
export class TestStack {
  /** In the order of registration. */
  readonly resources: readonly TestResource[];
  /** What the program exports, in plain text; `undefined` for what a preview does not know. */
  readonly outputs: Record<string, unknown>;

  constructor(resources: readonly TestResource[], outputs: Record<string, unknown>) {
    this.resources = resources;
    this.outputs = outputs;
  }

  /** A resource by type, and by name where there are several; throws with a list of those that are there. */
  get(type: string, name?: string): TestResource {
    const found = this.resources.filter((it) => it.type === type && (name ?? it.name) === it.name);
    const [resource] = found;
    if (found.length === 1 && resource !== undefined) return resource;
    const wanted = `${type}${name === undefined ? "" : ` "${name}"`}`;
    const there = this.resources.map((it) => `${it.type} "${it.name}"`).join(", ");
    throw new Error(
      `Expected one resource ${wanted} and found ${found.length}. The program registered ${there || "none"}.`,
    );
  }

  /** The definition of an app: what `assertGrants` judges and `runApp` runs. The name is the resource's. */
  app(name?: string): AppDefinition {
    return this.get("App", name).outputs["definition"] as AppDefinition;
  }
}
