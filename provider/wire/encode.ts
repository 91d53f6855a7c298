import type { Properties } from "../definition/resource.ts";
import { hasUnknown, isUnknown } from "../definition/unknown.ts";
import type { Path } from "./decode.ts";
import { signatureKey, signatures, unknownText } from "./special-values.ts";

export interface EncodeOptions {
  /** Only a preview may answer with unknowns; without it, properties that hold one are left out. */
  preview?: boolean;
  /** Paths of values that the engine must store encrypted. */
  secrets?: Path[];
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

/** Inside what is a secret already, nothing is wrapped again. */
function wrapSecret(bag: Properties, path: Path): void {
  let parent: Properties | undefined = bag;
  for (const key of path.slice(0, -1)) {
    if (parent === undefined || signatureKey in parent) return;
    parent = parent[key] as Properties | undefined;
  }
  const key = path.at(-1);
  if (typeof parent !== "object" || parent === null || key === undefined) return;
  if (signatureKey in parent || parent[key] === undefined || isSecret(parent[key])) return;
  parent[key] = { [signatureKey]: signatures.secret, value: parent[key] };
}

function isSecret(value: unknown): boolean {
  return (
    typeof value === "object" && value !== null && (value as Properties)[signatureKey] === signatures.secret
  );
}
