/** One program for both front ends: written as data, rendered as TypeScript of dynamic resources or as YAML of the plugin. */
import { checkout } from "../../scripts/bootstrap/paths.mjs";

export type Kind =
  | "App"
  | "Artifact"
  | "CapabilityGrant"
  | "Component"
  | "HostDeployment"
  | "Provider"
  | "RedisTrigger"
  | "Route"
  | "Trigger"
  | "Variable";

/** JSON, in which the marks below may stand anywhere. */
export type Value = null | boolean | number | string | Value[] | { [key: string]: Value };

/** Another resource: as an input its definition, as an option itself. */
export const ref = (name: string): Value => ({ $ref: name });
/** A property of another resource: `first.url`, `api.definition.digest`. */
export const output = (path: string): Value => ({ $output: path });
export const secret = (value: Value): Value => ({ $secret: value });

export interface Declared {
  type: Kind;
  inputs?: Record<string, Value>;
  options?: Record<string, Value>;
  /** Of what exists: it is read, and not managed. */
  get?: string;
}

export interface ProgramText {
  resources: Record<string, Declared>;
  outputs?: Record<string, Value>;
}

export interface FrontEnd {
  name: "dynamic" | "plugin";
  /** The type in URNs and state. */
  typeOf(kind: Kind): string;
  /** The files of a program; `project` names the Pulumi project. */
  files(program: ProgramText, project: string): Record<string, string>;
}

export const dynamic: FrontEnd = {
  name: "dynamic",
  typeOf: (kind) => `pulumi-nodejs:dynamic/spin:${kind}`,
  files: ({ resources, outputs = {} }, project) => ({
    "Pulumi.yaml": `name: ${project}\nruntime: nodejs\n`,
    "package.json": '{ "type": "module", "main": "index.ts" }',
    "index.ts": `import * as pulumi from "@pulumi/pulumi";
import * as spin from "pulumi-spin";
const r: any = {};
${Object.entries(resources)
  .map(([name, { type, inputs = {}, options = {}, get }]) => {
    const key = JSON.stringify(name);
    if (get !== undefined) return `r[${key}] = spin.${type}.get(${key}, ${JSON.stringify(get)});\n`;
    return `r[${key}] = new spin.${type}(${key}, ${typescript(inputs)}, ${typescript(options)});\n`;
  })
  .join("")}${Object.entries(outputs)
      .map(([name, value]) => `export const ${name} = ${typescript(value)};\n`)
      .join("")}`,
  }),
};

export const plugin: FrontEnd = {
  name: "plugin",
  typeOf: (kind) => (kind === "Provider" ? "pulumi:providers:spin" : `spin:index:${kind}`),
  files: ({ resources, outputs = {} }, project) => ({
    "Pulumi.yaml": [
      `name: ${project}`,
      "runtime: yaml",
      // JSON is YAML.
      ...Object.entries({
        plugins: { providers: [{ name: "spin", path: checkout }] },
        resources: Object.fromEntries(Object.entries(resources).map(([name, it]) => [name, yamlOf(it)])),
        outputs: yaml(outputs, ".definition"),
      }).map(([key, value]) => `${key}: ${JSON.stringify(value)}`),
    ].join("\n"),
  }),
};

export const frontEnds = [dynamic, plugin];

type Mark = { $ref: string } | { $output: string } | { $secret: Value };

function markOf(value: Value): Mark | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  return ["$ref", "$output", "$secret"].some((key) => key in value) ? (value as Mark) : undefined;
}

function typescript(value: Value): string {
  const mark = markOf(value);
  if (mark !== undefined) {
    if ("$ref" in mark) return `r[${JSON.stringify(mark.$ref)}]`;
    if ("$secret" in mark) return `pulumi.secret(${typescript(mark.$secret)})`;
    const [name, ...path] = mark.$output.split(".");
    return [`r[${JSON.stringify(name)}]`, ...path].join(".");
  }
  if (Array.isArray(value)) return `[${value.map(typescript).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  return `{ ${Object.entries(value)
    .map(([key, member]) => `${JSON.stringify(key)}: ${typescript(member)}`)
    .join(", ")} }`;
}

function yamlOf({ type, inputs = {}, options = {}, get }: Declared): unknown {
  if (get !== undefined) return { type: plugin.typeOf(type), get: { id: get } };
  return { type: plugin.typeOf(type), properties: yaml(inputs, ".definition"), options: yaml(options, "") };
}

function yaml(value: Value, referred: string): unknown {
  const mark = markOf(value);
  if (mark !== undefined) {
    if ("$ref" in mark) return `\${${mark.$ref}${referred}}`;
    if ("$secret" in mark) return { "fn::secret": yaml(mark.$secret, referred) };
    return `\${${mark.$output}}`;
  }
  if (Array.isArray(value)) return value.map((member) => yaml(member, referred));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, yaml(member, referred)]));
}
