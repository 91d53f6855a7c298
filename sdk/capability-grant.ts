import type * as pulumi from "@pulumi/pulumi";
import type { FileMount, GrantDefinition } from "../model/definition.ts";
import { SpinResource } from "./resource.ts";

export interface CapabilityGrantArgs {
  /** Hosts it may call: `scheme://host[:port]`, templates over variables allowed. */
  allowedOutboundHosts?: pulumi.Input<pulumi.Input<string>[]>;
  /** Labels of the key-value stores it may open. */
  keyValueStores?: pulumi.Input<pulumi.Input<string>[]>;
  /** Labels of the SQLite databases it may open. */
  sqliteDatabases?: pulumi.Input<pulumi.Input<string>[]>;
  /** Models it may run. */
  aiModels?: pulumi.Input<pulumi.Input<string>[]>;
  /** Files it may read. */
  files?: pulumi.Input<pulumi.Input<FileMount>[]>;
  /** Names it sees, each with a template over the application's variables: `{ greeting: "{{ greeting }}" }`. */
  variables?: pulumi.Input<Record<string, pulumi.Input<string>>>;
  /** For the reviewer: why it needs this. */
  reason?: pulumi.Input<string>;
  /** For the reviewer: who answers for it. */
  owner?: pulumi.Input<string>;
  /** The grant's last day, `2027-01-31` in UTC: afterwards it is refused, two weeks before there is a warning. */
  expires?: pulumi.Input<string>;
}

/**
 * What a component may do. A component without grants may do nothing but answer.
 *
 * @example new CapabilityGrant("counter", { keyValueStores: ["default"], reason: "counts visits" });
 */
export class CapabilityGrant extends SpinResource {
  static readonly __pulumiType = "pulumi-nodejs:dynamic/spin:CapabilityGrant";
  declare readonly definition: pulumi.Output<GrantDefinition>;

  constructor(name: string, args: CapabilityGrantArgs, opts?: pulumi.CustomResourceOptions) {
    super("CapabilityGrant", name, { ...args }, ["definition"], opts);
  }
}
