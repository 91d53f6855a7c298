import type * as pulumi from "@pulumi/pulumi";
import type { VariableDefinition } from "../model/definition.ts";
import { SpinResource } from "./resource.ts";

export interface VariableArgs {
  /** Name in lower snake case. Default: the resource's name. */
  name?: pulumi.Input<string>;
  /** Value when the deployment gives none. Never for a secret: it would be in every manifest and artifact. */
  default?: pulumi.Input<string>;
  /** The deployment must give the value. Default: true without `default`. */
  required?: pulumi.Input<boolean>;
  /** The value is a secret: only a deployment may give it. Default: false. */
  secret?: pulumi.Input<boolean>;
  description?: pulumi.Input<string>;
}

/**
 * A variable of the application, for its components to read.
 *
 * @example new Variable("greeting", { default: "Hello" });
 */
export class Variable extends SpinResource {
  static readonly __pulumiType = "pulumi-nodejs:dynamic/spin:Variable";
  declare readonly name: pulumi.Output<string>;
  declare readonly definition: pulumi.Output<VariableDefinition>;

  constructor(name: string, args: VariableArgs = {}, opts?: pulumi.CustomResourceOptions) {
    super("Variable", name, { name, ...args }, ["definition"], opts);
  }
}
