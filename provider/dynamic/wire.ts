/**
 * Property bags as the dynamic provider protocol carries them. Unknown values arrive as sentinel texts, whatever
 * their type; keys that begin with `__` belong to the protocol.
 */
import type { Properties } from "../definition/resource.ts";
import { hasUnknown, isUnknown, unknown } from "../definition/unknown.ts";

// pulumi/pulumi sdk/go/common/resource/plugin/rpc.go: one sentinel for each kind of value.
const sentinels = new Set([
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);
const unknownText = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const signatureKey = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";

/** The program says in this input that it runs in a preview; the protocol does not. */
export const previewKey = "__preview";

/** The program says in this input that one of the others is a secret; the protocol hands secrets over in plain text. */
export const secretKey = "__secret";

/** The user's properties: unknowns as symbols, secrets unwrapped, nothing of the protocol's own. */
export function decode(bag: Properties): Properties {
  const entries = Object.entries(bag).filter(([key]) => !key.startsWith("__"));
  return Object.fromEntries(entries.map(([key, value]) => [key, decodeValue(value)]));
}

function decodeValue(value: unknown): unknown {
  if (typeof value === "string") return sentinels.has(value) ? unknown : value;
  if (Array.isArray(value)) return value.map(decodeValue);
  if (typeof value !== "object" || value === null) return value;
  const object = value as Properties;
  if (object[signatureKey] === secretSignature) return decodeValue(object["value"]);
  return Object.fromEntries(Object.entries(object).map(([key, member]) => [key, decodeValue(member)]));
}

export interface EncodeOptions {
  /** Only a preview may answer with unknowns; without it, properties that hold one are left out. */
  preview?: boolean;
  /** Paths of values that the engine must store encrypted. */
  secrets?: (string | number)[][];
}

/** The reverse of `decode`. `undefined` members are left out, since the wire format refuses them. */
export function encode(bag: Properties, { preview = false, secrets = [] }: EncodeOptions = {}): Properties {
  const kept = Object.entries(bag).filter(
    ([, value]) => value !== undefined && (preview || !hasUnknown(value)),
  );
  const encoded: Properties = Object.fromEntries(kept.map(([key, value]) => [key, encodeValue(value)]));
  for (const path of secrets) wrapSecret(encoded, path);
  return encoded;
}

function encodeValue(value: unknown): unknown {
  if (isUnknown(value)) return unknownText;
  if (Array.isArray(value)) return value.map((member) => (member === undefined ? null : encodeValue(member)));
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(members.map(([key, member]) => [key, encodeValue(member)]));
}

function wrapSecret(bag: Properties, path: (string | number)[]): void {
  const parent = path.slice(0, -1).reduce<Properties | undefined>((inner, key) => inner?.[key], bag);
  const key = path.at(-1);
  if (parent === undefined || key === undefined || parent[key] === undefined) return;
  parent[key] = { [signatureKey]: secretSignature, value: parent[key] };
}
