/** A program as a user writes it, over the SDK's sources. */
import * as pulumi from "@pulumi/pulumi";
import { App, CapabilityGrant, Component, HostDeployment, Route, Variable } from "../../../sdk/index.ts";

export interface ShopArgs {
  /** The binary, relative to the project. */
  source: string;
  route?: string;
  allowedOutboundHosts?: string[];
}

export function shop({ source, route = "/stats/...", allowedOutboundHosts = [] }: ShopArgs): {
  url: pulumi.Output<string>;
} {
  const config = new pulumi.Config();
  const grant = new CapabilityGrant("needs", { keyValueStores: ["default"], allowedOutboundHosts });
  const stats = new Component("stats", { source, grants: [grant] });
  const app = new App("shop", {
    components: [stats],
    variables: [new Variable("token", { secret: true })],
    routes: [
      new Route("stats", { route, component: stats }),
      new Route("about", { route: "/about", staticResponse: { body: "A shop." } }),
    ],
  });
  const { url } = new HostDeployment("local", {
    app,
    listen: config.require("listen"),
    variables: { token: config.requireSecret("token") },
  });
  return { url };
}
