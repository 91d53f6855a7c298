import type * as pulumi from "@pulumi/pulumi";
import type {
  ComponentDefinition,
  GrantDefinition,
  Settings,
  SourceDefinition,
  TargetEnvironment,
} from "../model/definition.ts";
import type { CapabilityGrant } from "./capability-grant.ts";
import { type Definitions, definitionsOf } from "./definitions.ts";
import { dependenciesOf, type DependencyArgs } from "./dependency.ts";
import { SpinResource } from "./resource.ts";

/** How something is built: `command` or `commands`. */
export interface BuildCommandArgs {
  /** A program and its arguments, without a shell; or a text for the shell, as Spin has it. */
  command?: pulumi.Input<string | pulumi.Input<string>[]>;
  /** Several commands for the shell, one after the other. */
  commands?: pulumi.Input<pulumi.Input<string>[]>;
}

export interface ComponentBuildArgs extends BuildCommandArgs {
  /** Folder it runs in, relative to the project. Default: the project. */
  workdir?: pulumi.Input<string>;
  /** Globs relative to `workdir`: a change in them makes a build due. Without them only a change of the command does. */
  watch?: pulumi.Input<pulumi.Input<string>[]>;
}

/** What a component is instead, while Spin is told the profile. */
export interface ProfileArgs extends BuildCommandArgs {
  source?: pulumi.Input<SourceDefinition>;
  /** Added to the component's, and wins. */
  environment?: pulumi.Input<Record<string, pulumi.Input<string>>>;
  /** Added to the component's, and win. */
  dependencies?: Record<string, DependencyArgs>;
}

export interface ComponentArgs {
  /** Id in kebab case. Default: the resource's name. */
  componentId?: pulumi.Input<string>;
  /** The .wasm file, relative to the project, or where to fetch it and the digest it must have. */
  source: pulumi.Input<SourceDefinition>;
  /** How to make it. Without it the file must be there. */
  build?: pulumi.Input<ComponentBuildArgs>;
  /** What it may do. Default: nothing. */
  grants?: Definitions<CapabilityGrant, GrantDefinition>;
  /** Environment variables; no templates. */
  environment?: pulumi.Input<Record<string, pulumi.Input<string>>>;
  description?: pulumi.Input<string>;
  /** Glob patterns, relative to the project, of files that no grant hands out. */
  excludeFiles?: pulumi.Input<pulumi.Input<string>[]>;
  /** By the name of the import: what it is composed with. */
  dependencies?: Record<string, DependencyArgs>;
  /** Its dependencies may use all that it may. Better said for each of them. */
  dependenciesInheritConfiguration?: pulumi.Input<boolean>;
  /** By name, for Spin's `--profile`. Pulumi's own way to vary an app is another stack. */
  profiles?: Record<string, ProfileArgs>;
  /** Environments that `spin build` holds it against. Default: the app's. */
  targets?: pulumi.Input<TargetEnvironment[]>;
  /** Settings of tools, which Spin passes over. */
  tool?: pulumi.Input<Record<string, Settings>>;
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
    const inputs = {
      componentId: name,
      ...args,
      grants: definitionsOf(args.grants),
      dependencies: dependenciesOf(args.dependencies),
      profiles: profilesOf(args.profiles),
    };
    super(
      "Component",
      name,
      inputs,
      ["sourceHash", "digest", "sizeBytes", "imports", "exports", "definition"],
      opts,
    );
  }
}

function profilesOf(profiles: Record<string, ProfileArgs> | undefined): Record<string, unknown> | undefined {
  if (profiles === undefined) return undefined;
  return Object.fromEntries(
    Object.entries(profiles).map(([name, profile]) => [
      name,
      { ...profile, dependencies: dependenciesOf(profile.dependencies) },
    ]),
  );
}
