import type * as pulumi from "@pulumi/pulumi";
import type { AppDefinition, ArtifactDefinition } from "../model/definition.ts";
import type { App } from "./app.ts";
import type { Artifact } from "./artifact.ts";
import type { Application } from "./application/application.ts";
import { definitionOf } from "./definitions.ts";
import { SpinResource } from "./resource.ts";

export interface HostDeploymentArgs {
  /** It or `artifact` is given. */
  app?: App | Application | pulumi.Input<AppDefinition>;
  /** What the host pulls, by digest. */
  artifact?: Artifact | pulumi.Input<ArtifactDefinition>;
  /** Name on the host. Default: the app's. */
  name?: pulumi.Input<string>;
  /** `host:port` to answer on; port 0 takes a free one and keeps it. Default: 127.0.0.1:3000. */
  listen?: pulumi.Input<string>;
  /** Values of the application's variables; secrets welcome. */
  variables?: pulumi.Input<Record<string, pulumi.Input<string>>>;
  /** Which host. Default: the user's own. */
  host?: pulumi.Input<{ stateDir: pulumi.Input<string> }>;
  /**
   * What a new revision must answer, with a status below 400, before it takes over; else the former answers on. Default:
   * that its components start.
   */
  health?: pulumi.Input<{ path: pulumi.Input<string>; timeoutSeconds?: pulumi.Input<number> }>;
  /** What each component may take; what is left out has the engine's default. */
  limits?: pulumi.Input<{
    /** Of each memory of an instance. Default: 512 MiB. */
    memoryBytes?: pulumi.Input<number>;
    /** Of each table of an instance. Default: 100000. */
    tableElements?: pulumi.Input<number>;
    /** How long a guest may compute during one request; what it waits does not count. Default: 30000. */
    computeMs?: pulumi.Input<number>;
    /** Requests that are handled at the same time. Default: 128. */
    concurrency?: pulumi.Input<number>;
    /** Requests that wait for their turn; more are answered with 503. Default: 1024. */
    queue?: pulumi.Input<number>;
    /** Of a request's body; a larger one is answered with 413. Default: no limit. */
    requestBodyBytes?: pulumi.Input<number>;
  }>;
  /** Wait until the new revision answers. Default: true. With false the host goes on trying by itself. */
  waitForReady?: pulumi.Input<boolean>;
  /** Take over an app of that name which the host has already. Default: that is an error. */
  adopt?: pulumi.Input<boolean>;
}

/**
 * Runs an application on the bundled host of this machine, and keeps it as declared.
 *
 * @example new HostDeployment("local", { app: shop, listen: "127.0.0.1:3000" });
 */
export class HostDeployment extends SpinResource {
  static readonly __pulumiType = "pulumi-nodejs:dynamic/spin:HostDeployment";
  declare readonly url: pulumi.Output<string>;
  /** `sha256:<hex>` of the locked application that runs. */
  declare readonly digest: pulumi.Output<string>;
  declare readonly revision: pulumi.Output<number>;
  declare readonly status: pulumi.Output<"running" | "stopped">;
  /** The revisions that the host keeps, the present one last. */
  declare readonly history: pulumi.Output<{ revision: number; digest: string; deployedAt: string }[]>;

  /**
   * What a host runs under that name (`id`), without managing it: for another stack's outputs, or for a look.
   *
   * @example HostDeployment.get("shop", "shop").url;
   */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state: Pick<HostDeploymentArgs, "host"> = {},
    opts?: pulumi.CustomResourceOptions,
  ): HostDeployment {
    return new HostDeployment(name, state, { ...opts, id });
  }

  constructor(name: string, args: HostDeploymentArgs, opts?: pulumi.CustomResourceOptions) {
    super(
      "HostDeployment",
      name,
      {
        ...args,
        app: args.app && definitionOf(args.app),
        artifact: args.artifact && definitionOf(args.artifact),
      },
      ["url", "digest", "revision", "status", "history"],
      opts,
    );
  }
}
