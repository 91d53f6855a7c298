/** The Pulumi package schema, from the resource definitions: what SDKs in other languages are generated from. */
import { z } from "zod";
import type { ResourceDefinition } from "../definition/resource.ts";
import { configurationSchema } from "../definition/configuration.ts";
import { functions } from "../functions/index.ts";
import { resources } from "../resources/index.ts";

type JsonObject = Record<string, unknown>;

const any: JsonObject = { $ref: "pulumi.json#/Any" };

/** The object that schema.json holds. */
export function packageSchema(version: string): JsonObject {
  const types: Record<string, JsonObject> = {};
  return {
    $schema: "https://raw.githubusercontent.com/pulumi/pulumi/master/pkg/codegen/schema/pulumi.json",
    name: "spin",
    displayName: "Spin",
    version,
    description:
      "Spin applications (spinframework.dev) as infrastructure: components, routes, capabilities, deployments.",
    keywords: ["category/infrastructure", "kind/native", "spin", "webassembly"],
    license: "Apache-2.0",
    meta: { supportPack: true },
    language: {
      nodejs: { respectSchemaVersion: true, packageName: "pulumi-spin-sdk" },
      python: { respectSchemaVersion: true, packageName: "pulumi_spin", pyproject: { enabled: true } },
      go: {
        respectSchemaVersion: true,
        modulePath: "pulumi-spin/sdk/go",
        importBasePath: "pulumi-spin/sdk/go/spin",
        generateResourceContainerTypes: true,
      },
      csharp: { respectSchemaVersion: true, rootNamespace: "PulumiSpin" },
      java: { basePackage: "com.pulumi" },
    },
    config: { variables: objectProperties(configurationSchema, "spin:config:", types) },
    provider: {
      description: "Settings that all resources of this provider share.",
      inputProperties: objectProperties(configurationSchema, "spin:config:", types),
    },
    resources: Object.fromEntries(
      resources.map((resource) => [resource.token, resourceSchema(resource, types)]),
    ),
    functions: Object.fromEntries(
      functions.map(({ token, description, inputs, outputs }) => [
        token,
        {
          description,
          inputs: functionObject(inputs, token, types),
          outputs: functionObject(outputs, `${token}Result`, types),
        },
      ]),
    ),
    types,
  };
}

function functionObject(schema: z.ZodObject, prefix: string, types: Record<string, JsonObject>): JsonObject {
  const { properties, required } = objectSchema(schema);
  return {
    type: "object",
    properties: mapValues(properties, (member, name) => ({
      ...propertyType(member, `${prefix}${capital(name)}`, types),
      ...defaultOf(member),
    })),
    required: required.toSorted(),
  };
}

function resourceSchema(
  { token, description, inputs, outputs, namedBy, immutable = [] }: ResourceDefinition,
  types: Record<string, JsonObject>,
): JsonObject {
  const given = objectSchema(inputs);
  const derived = objectSchema(outputs);
  const prefix = token;
  const inputProperties = mapValues(given.properties, (schema, name) => ({
    ...propertyType(schema, `${prefix}${capital(name)}`, types),
    ...defaultOf(schema),
    ...(immutable.includes(name) ? { replaceOnChanges: true } : {}),
  }));
  const properties = {
    ...mapValues(given.properties, (schema, name) =>
      propertyType(schema, `${prefix}${capital(name)}`, types),
    ),
    ...mapValues(derived.properties, (schema, name) =>
      propertyType(schema, `${prefix}${capital(name)}`, types),
    ),
  };
  const always = Object.keys(given.properties).filter(
    (name) => given.required.includes(name) || "default" in (given.properties[name] ?? {}),
  );
  return {
    description,
    inputProperties,
    requiredInputs: given.required.filter((name) => name !== namedBy).toSorted(),
    properties,
    required: [...always, ...Object.keys(derived.properties)].toSorted(),
    aliases: [{ type: `pulumi-nodejs:dynamic/spin:${token.split(":").at(-1)}` }],
  };
}

/** Members of an object of simple values. */
function objectProperties(
  schema: z.ZodObject,
  prefix: string,
  types: Record<string, JsonObject>,
): Record<string, JsonObject> {
  return mapValues(objectSchema(schema).properties, (member, name) =>
    propertyType(member, `${prefix}${capital(name)}`, types),
  );
}

interface ObjectSchema {
  properties: Record<string, JsonObject>;
  required: string[];
}

function objectSchema(schema: z.ZodObject): ObjectSchema {
  const { properties, required } = z.toJSONSchema(schema, {
    io: "input",
    unrepresentable: "any",
  }) as Partial<ObjectSchema>;
  return { properties: properties ?? {}, required: required ?? [] };
}

/** A JSON schema as a Pulumi property; nested objects become named types. */
function propertyType(schema: JsonObject, name: string, types: Record<string, JsonObject>): JsonObject {
  const { description, secret } = schema;
  return {
    ...bareType(schema, name, types),
    ...(description === undefined ? {} : { description }),
    ...(secret === true ? { secret } : {}),
  };
}

function bareType(schema: JsonObject, name: string, types: Record<string, JsonObject>): JsonObject {
  const forms = schema["anyOf"] as JsonObject[] | undefined;
  // The SDK for Python takes no list and no dictionary for a union.
  if (forms?.some(({ type }) => type === "array" || type === "object" || type === undefined)) return any;
  if (forms !== undefined) return { oneOf: forms.map((form) => bareType(form, name, types)) };
  switch (schema["type"]) {
    case "string":
    case "number":
    case "integer":
    case "boolean":
      return { type: schema["type"] };
    case "array":
      return { type: "array", items: bareType(schema["items"] as JsonObject, `${name}Item`, types) };
    case "object":
      return objectType(schema, name, types);
    default:
      return any;
  }
}

function objectType(schema: JsonObject, name: string, types: Record<string, JsonObject>): JsonObject {
  const members = schema["properties"] as Record<string, JsonObject> | undefined;
  if (members === undefined) {
    return {
      type: "object",
      additionalProperties: bareType(schema["additionalProperties"] as JsonObject, `${name}Value`, types),
    };
  }
  types[name] = {
    type: "object",
    properties: mapValues(members, (member, key) => ({
      ...propertyType(member, `${name}${capital(key)}`, types),
      ...defaultOf(member),
    })),
    required: ((schema["required"] ?? []) as string[]).toSorted(),
  };
  return { $ref: `#/types/${name}` };
}

/** Only simple values: SDKs fill those in, the provider fills in the others. */
function defaultOf(schema: JsonObject): JsonObject {
  const value = schema["default"];
  return typeof value === "object" || value === undefined ? {} : { default: value };
}

function mapValues<T, U>(object: Record<string, T>, map: (value: T, key: string) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value, key)]));
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
