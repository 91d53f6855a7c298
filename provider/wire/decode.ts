import { SpinError } from "../../model/errors/index.ts";
import { formatPath } from "../definition/property-path.ts";
import type { Properties } from "../definition/resource.ts";
import { keptKeys } from "../definition/kept-keys.ts";
import { unknown } from "../definition/unknown.ts";
import { signatureKey, signatures, unknownTexts } from "./special-values.ts";

/** The way from the properties to a value inside them. */
export type Path = (string | number)[];

export interface Decoded {
  properties: Properties;
  /** Where a secret stood. */
  secrets: Path[];
}

/**
 * The user's properties as handlers see them: unknowns as symbols, secrets unwrapped, a resource as its id, nothing of
 * the protocol's own (keys with `__`, but for those that are kept in state). Throws ERR_SPIN_INPUT_ASSET for an asset or archive.
 */
export function decode(bag: Properties): Properties {
  return decodeWithSecrets(bag).properties;
}

/** `decode`, and which of the values were secrets. */
export function decodeWithSecrets(bag: Properties): Decoded {
  const secrets: Path[] = [];
  const entries = Object.entries(bag).filter(([key]) => !key.startsWith("__") || keptKeys.includes(key));
  const properties = Object.fromEntries(
    entries.map(([key, value]) => [key, decodeValue(value, [key], secrets)]),
  );
  return { properties, secrets };
}

function decodeValue(value: unknown, path: Path, secrets: Path[]): unknown {
  if (typeof value === "string") return unknownTexts.has(value) ? unknown : value;
  if (Array.isArray(value))
    return value.map((member, index) => decodeValue(member, [...path, index], secrets));
  if (typeof value !== "object" || value === null) return value;
  const object = value as Properties;
  if (signatureKey in object) return decodeSpecial(object, path, secrets);
  return Object.fromEntries(
    Object.entries(object).map(([key, member]) => [key, decodeValue(member, [...path, key], secrets)]),
  );
}

function decodeSpecial(object: Properties, path: Path, secrets: Path[]): unknown {
  switch (object[signatureKey]) {
    case signatures.secret:
      secrets.push(path);
      return decodeValue(object["value"], path, secrets);
    case signatures.output:
      if (object["secret"] === true) secrets.push(path);
      return "value" in object ? decodeValue(object["value"], path, secrets) : unknown;
    case signatures.resource:
      // Of a resource that is not there yet, the engine knows no id.
      return object["id"] ? decodeValue(object["id"], path, secrets) : unknown;
    default:
      throw new SpinError("ERR_SPIN_INPUT_ASSET", `${formatPath(path)} is an asset or archive of Pulumi's.`, {
        path: formatPath(path),
      });
  }
}
