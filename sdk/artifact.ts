import type * as pulumi from "@pulumi/pulumi";
import type { AppDefinition, ArtifactDefinition } from "../model/definition.ts";
import type { App } from "./app.ts";
import type { Application } from "./application/application.ts";
import { definitionOf } from "./definitions.ts";
import { SpinResource } from "./resource.ts";

export interface ArtifactArgs {
  /** The application. One of `app`, `from` and `copyFrom` is given. */
  app?: App | Application | pulumi.Input<AppDefinition>;
  /** A spin.toml or its folder, relative to the project, whose components are built. */
  from?: pulumi.Input<string>;
  /** Profile of the spin.toml that `from` names. */
  profile?: pulumi.Input<string>;
  /** An artifact to promote, by digest: `registry/repository@sha256:<hex>`. */
  copyFrom?: pulumi.Input<string>;
  /** `registry/repository`, without a tag, for example `ghcr.io/acme/shop`. */
  repository: pulumi.Input<string>;
  /** Tags that lead to it. They move along when the digest changes. */
  tags?: pulumi.Input<pulumi.Input<string>[]>;
  /** Annotations of the manifest, over those that follow from the application. */
  annotations?: pulumi.Input<Record<string, pulumi.Input<string>>>;
  /** Each component becomes one binary with its dependencies. Default: true, as in Spin. */
  compose?: pulumi.Input<boolean>;
  /** True: plain HTTP. False: never. Default: `spin:registries`, else only for this machine's own addresses. */
  insecure?: pulumi.Input<boolean>;
  /** PEM of authorities that are trusted besides the usual ones. Default: `spin:registries`. */
  ca?: pulumi.Input<string>;
  /** What becomes of manifests. Tags of this resource always go with it, where the registry deletes tags. */
  retention?: pulumi.Input<{
    /** How many of the manifests that this resource pushed stay, the present one counted. Default: all. */
    keep?: pulumi.Input<number>;
    /** Manifests stay (the default); or those go that no tag of others leads to; or all of this resource go. */
    onDestroy?: pulumi.Input<"keep" | "delete" | "force">;
  }>;
}

/**
 * An application in a registry: one OCI artifact whose digest follows from the sources alone, known before it is pushed.
 *
 * @example new Artifact("shop", { app: shop, repository: "ghcr.io/acme/shop", tags: ["1.4.0"] });
 */
export class Artifact extends SpinResource {
  static readonly __pulumiType = "pulumi-nodejs:dynamic/spin:Artifact";
  /** `registry/repository@sha256:<hex>`. */
  declare readonly reference: pulumi.Output<string>;
  /** `sha256:<hex>` of the manifest. */
  declare readonly digest: pulumi.Output<string>;
  /** Bytes of the manifest and of all that it names. */
  declare readonly size: pulumi.Output<number>;
  declare readonly tags: pulumi.Output<string[]>;
  /** Digests that this resource pushed, the present one last. */
  declare readonly history: pulumi.Output<string[]>;
  declare readonly definition: pulumi.Output<ArtifactDefinition>;

  constructor(name: string, args: ArtifactArgs, opts?: pulumi.CustomResourceOptions) {
    super(
      "Artifact",
      name,
      { ...args, app: args.app === undefined ? undefined : definitionOf(args.app) },
      ["reference", "digest", "size", "history", "definition"],
      opts,
    );
  }
}
