/**
 * One application, and one setting for where it runs:
 *
 *   pulumi up                                            the bundled host of this machine
 *   pulumi config set target kubernetes                  Kubernetes with SpinKube, from a registry
 *   pulumi config set repository ghcr.io/me/greeter
 *   pulumi config set namespace greeter
 */
import * as pulumi from "@pulumi/pulumi";
import { App, Artifact, HostDeployment, KubernetesDeployment, Route } from "pulumi-spin";

const config = new pulumi.Config();
const greeting = config.get("greeting") ?? "Hello";

const greet = new Route("greet", { route: "/greet", staticResponse: { body: `${greeting}\n` } });
const greeter = new App("greeter", { components: [], routes: [greet] });

function toHost(): HostDeployment {
  return new HostDeployment("greeter", { app: greeter, listen: config.get("listen") ?? "127.0.0.1:3000" });
}

function toKubernetes(): KubernetesDeployment {
  const artifact = new Artifact("greeter", { app: greeter, repository: config.require("repository") });
  return new KubernetesDeployment("greeter", {
    artifact,
    namespace: config.require("namespace"),
    executor: config.get("executor") ?? "containerd-shim-spin",
    replicas: config.getNumber("replicas") ?? 2,
    rollbackOnFailure: true,
  });
}

const deployed = config.require("target") === "kubernetes" ? toKubernetes() : toHost();

export const { url, status } = deployed;
