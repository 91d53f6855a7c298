import type * as pulumi from "@pulumi/pulumi";
import type { ComponentDefinition, GrantDefinition } from "../model/definition.ts";
import type { CapabilityGrant } from "./capability-grant.ts";
import { definitionsOf } from "./definitions.ts";
import { SpinResource } from "./resource.ts";

export interface ComponentBuildArgs {
  /** Program and arguments; no shell. */
  command: pulumi.Input<pulumi.Input<string>[]>;
  /** Folder it runs in, relative to the project. Default: the project. */
  workdir?: pulumi.Input<string>;
  /** Globs relative to `workdir`: a change in them makes a build due. */
  watch: pulumi.Input<pulumi.Input<string>[]>;
}

export interface ComponentArgs {
  /** Id in kebab case. Default: the resource's name. */
  componentId?: pulumi.Input<string>;
  /** The .wasm file, relative to the project, or where to fetch it and the digest it must have. */
  source: pulumi.Input<string | { url: string; digest: string }>;
  /** How to make it. Without it the file must be there. */
  build?: pulumi.Input<ComponentBuildArgs>;
  /** What it may do. Default: nothing. */
  grants?: (CapabilityGrant | pulumi.Input<GrantDefinition>)[];
  /** Environment variables; no templates. */
  environment?: pulumi.Input<Record<string, pulumi.Input<string>>>;
  description?: pulumi.Input<string>;
}

/**
 * A WebAssembly component, its build, and what it may do.
 *
 * @example new Component("api", { source: "api/dist/api.wasm", grants: [counter] });
 */
export class Component extends SpinResource {
  static readonly __pulumiType = "pulumi-nodejs:dynamic/spin:Component";
  declare readonly componentId: pulumi.Output<string>;
  declare readonly digest: pulumi.Output<string>;
  declare readonly sizeBytes: pulumi.Output<number>;
  declare readonly imports: pulumi.Output<string[]>;
  declare readonly exports: pulumi.Output<string[]>;
  declare readonly definition: pulumi.Output<ComponentDefinition>;

  constructor(name: string, args: ComponentArgs, opts?: pulumi.CustomResourceOptions) {
    const inputs = { componentId: name, ...args, grants: definitionsOf(args.grants) };
    super(
      "Component",
      name,
      inputs,
      ["sourceHash", "digest", "sizeBytes", "imports", "exports", "definition"],
      opts,
    );
  }
}
