/** The Pulumi package schema, from the resource definitions: what SDKs in other languages are generated from. */
import { z } from "zod";
import type { ResourceDefinition } from "../definition/resource.ts";
import { resources } from "../resources/index.ts";

type JsonObject = Record<string, unknown>;

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
    language: {
      nodejs: { respectSchemaVersion: true },
      python: { respectSchemaVersion: true, pyproject: { enabled: true } },
      go: { respectSchemaVersion: true, generateResourceContainerTypes: true },
      csharp: { respectSchemaVersion: true },
    },
    resources: Object.fromEntries(
      resources.map((resource) => [resource.token, resourceSchema(resource, types)]),
    ),
    types,
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
  const { description } = schema;
  return { ...bareType(schema, name, types), ...(description === undefined ? {} : { description }) };
}

function bareType(schema: JsonObject, name: string, types: Record<string, JsonObject>): JsonObject {
  const forms = schema["anyOf"] as JsonObject[] | undefined;
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
      return { $ref: "pulumi.json#/Any" };
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
