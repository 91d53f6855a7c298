import * as pulumi from "@pulumi/pulumi";
import type { CapabilityRow } from "../../model/capability/index.ts";
import type { AppDefinition } from "../../model/definition.ts";
import { App } from "../app.ts";
import { CapabilityGrant } from "../capability-grant.ts";
import { Component } from "../component.ts";
import { Route } from "../route.ts";
import { Trigger } from "../trigger.ts";
import { Variable } from "../variable.ts";
import type { ApplicationArgs, ApplicationComponentArgs } from "./args.ts";
import { grantOf } from "./grant.ts";
import { argsOfManifest } from "./manifest.ts";

/**
 * A Spin application as one nested object, in the shape of spin.toml. Its variables, grants, components, routes and
 * triggers are resources of their own below it, so that a preview and a policy see each of them.
 *
 * @example new Application("shop", {
 *   components: { api: { source: "api.wasm", keyValueStores: ["default"] } },
 *   routes: [{ route: "/...", component: "api" }],
 * });
 */
export class Application extends pulumi.ComponentResource {
  /** A HostDeployment takes the `Application` itself, or this. */
  readonly definition: pulumi.Output<AppDefinition>;
  /** The application as spin.toml. */
  readonly manifest: pulumi.Output<string>;
  readonly digest: pulumi.Output<string>;
  readonly capabilities: pulumi.Output<CapabilityRow[]>;
  readonly warnings: pulumi.Output<string[]>;

  constructor(name: string, args: ApplicationArgs, opts?: pulumi.ComponentResourceOptions) {
    super("spin:index:Application", name, {}, opts);
    const { variables = {}, components = {}, routes = [], triggers = [], ...settings } = args;
    const below = { parent: this };
    const app = new App(
      name,
      {
        name,
        ...settings,
        variables: Object.entries(variables).map(
          ([id, it]) => new Variable(`${name}-${id}`, { name: id, ...it }, below),
        ),
        components: Object.entries(components).map(([id, it]) => componentOf(name, id, it, below)),
        routes: routes.map((it, index) => new Route(`${name}-${routeName(it.route, index)}`, it, below)),
        triggers: triggers.map((it, index) => new Trigger(`${name}-trigger-${index}`, it, below)),
      },
      below,
    );
    this.definition = app.definition;
    this.manifest = app.manifest;
    this.digest = app.digest;
    this.capabilities = app.capabilities;
    this.warnings = app.warnings;
    const { definition, manifest, digest, capabilities, warnings } = this;
    this.registerOutputs({ definition, manifest, digest, capabilities, warnings });
  }

  /**
   * The application of a spin.toml, whose paths start in its folder. `change` may alter it before it is declared. Throws
   * a SpinError with every problem of the manifest, each with its line and column.
   */
  static fromManifest(
    path: string,
    opts?: pulumi.ComponentResourceOptions & { change?: (args: ApplicationArgs) => ApplicationArgs },
  ): Application {
    const { change = (args: ApplicationArgs) => args, ...rest } = opts ?? {};
    const { name, args } = argsOfManifest(path);
    return new Application(name, change(args), rest);
  }
}

function componentOf(
  app: string,
  id: string,
  args: ApplicationComponentArgs,
  below: pulumi.CustomResourceOptions,
): Component {
  const { grant, rest } = grantOf(args);
  const name = `${app}-${id}`;
  const grants = grant === undefined ? [] : [new CapabilityGrant(name, grant, below)];
  return new Component(name, { componentId: id, ...rest, grants }, below);
}

/** A route keeps its name when another is put before it; one that is not known yet has only its place. */
function routeName(route: unknown, index: number): string {
  return typeof route === "string" ? route : `route-${index}`;
}
