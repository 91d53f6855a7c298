/** The same application in both front ends: what a pack says of it must not depend on the front end. */
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { checkout } from "../../../scripts/bootstrap/paths.mjs";
import { openProgram, type Program } from "../../support/program.ts";

export const canary = "canary-2b8e";

export interface Variation {
  /** Entry of `allowedOutboundHosts` of the grant `web`. */
  host?: string;
  reason?: string;
  listen?: string;
  route?: string;
  /** A grant that no CapabilityGrant declares. */
  undeclared?: string;
}

const usual = {
  host: "https://api.example.com",
  reason: "asks the price",
  listen: "127.0.0.1:0",
  route: "/price",
  undeclared: "https://log.example.com",
};

export const frontEnds: [name: string, files: (variation?: Variation) => Record<string, string>][] = [
  ["dynamic", typescript],
  ["plugin", yaml],
];

function typescript(variation: Variation = {}): Record<string, string> {
  const { host, reason, listen, route, undeclared } = { ...usual, ...variation };
  return {
    "index.ts": `import * as pulumi from "@pulumi/pulumi";
import { App, CapabilityGrant, Component, HostDeployment, Route, Variable } from "pulumi-spin";
const web = new CapabilityGrant("web", { allowedOutboundHosts: ["${host}"], reason: "${reason}", owner: "web team" });
const more = { ...none(), allowedOutboundHosts: ["${undeclared}"], reason: "logs", owner: "web team" };
const api = new Component("api", { source: "api.wasm", grants: [web, more] });
const shop = new App("shop", {
  variables: [new Variable("token", { secret: true })],
  components: [api],
  routes: [new Route("price", { route: "${route}", component: api })],
});
new HostDeployment("local", { app: shop, listen: "${listen}", variables: { token: pulumi.secret("${canary}") } });
function none() {
  return { keyValueStores: [], sqliteDatabases: [], aiModels: [], files: [], variables: {} };
}`,
  };
}

function yaml(variation: Variation = {}): Record<string, string> {
  const { host, reason, listen, route, undeclared } = { ...usual, ...variation };
  return {
    "Pulumi.yaml": `name: program
runtime: yaml
plugins: { providers: [{ name: spin, path: ${checkout} }] }
resources:
  web:
    type: spin:CapabilityGrant
    properties: { allowedOutboundHosts: ["${host}"], reason: "${reason}", owner: web team }
  api:
    type: spin:Component
    properties:
      source: api.wasm
      grants:
        - \${web.definition}
        - allowedOutboundHosts: ["${undeclared}"]
          keyValueStores: []
          sqliteDatabases: []
          aiModels: []
          files: []
          variables: {}
          reason: logs
          owner: web team
  token: { type: "spin:Variable", properties: { secret: true } }
  price: { type: "spin:Route", properties: { route: ${route}, component: "\${api.componentId}" } }
  shop:
    type: spin:App
    properties:
      variables: ["\${token.definition}"]
      components: ["\${api.definition}"]
      routes: ["\${price.definition}"]
  local:
    type: spin:HostDeployment
    properties: { app: "\${shop.definition}", listen: "${listen}", variables: { token: { "fn::secret": ${canary} } } }
`,
  };
}

/** A stack with the program, a component's binary, and packs of one file each, by folder. */
export async function openJudged(
  files: Record<string, string>,
  packs: Record<string, string> = {},
): Promise<Program> {
  const packFiles = Object.entries(packs).flatMap(([folder, policies]) => [
    [`${folder}/PulumiPolicy.yaml`, "runtime: nodejs\n"],
    [
      `${folder}/package.json`,
      `{ "name": "${folder}", "version": "1.0.0", "type": "module", "main": "index.js" }`,
    ],
    [`${folder}/index.js`, packText(folder, policies)],
  ]);
  const program = await openProgram({ files: { ...files, ...Object.fromEntries(packFiles) } });
  copyFileSync(
    join(checkout, "test", "fixtures", "upgrade", "0.1.0", "api.wasm"),
    join(program.workspace.projectDir, "api.wasm"),
  );
  return program;
}

function packText(name: string, policies: string): string {
  return `import { PolicyPack } from "@pulumi/policy";
import * as spin from "pulumi-spin/policy";
const policy = (name, rest) => ({ name, description: name, ...rest });
new PolicyPack("${name}", { policies: [${policies}] });`;
}
