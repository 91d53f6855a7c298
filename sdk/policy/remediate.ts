import type { ResourceRemediation, ResourceValidationArgs } from "@pulumi/policy";
import { SpinError } from "../../model/errors/index.ts";
import { isKind, type Kind } from "./kinds.ts";
import type { PolicyInputs } from "./properties.ts";

/** The SDK's name for the value behind one of its proxies. */
const target = "__getSpecialProxyTarget";

/**
 * For `remediateResource`: `fix` gives the inputs that shall be other ones. A policy sees secrets in plain text, and
 * Pulumi stores what a remediation returns as it is: a copy of the inputs would store them so. Therefore the changes go into
 * the SDK's own bag, which keeps its secrets, and an input that holds one is not changed: ERR_SPIN_POLICY_SECRET.
 */
export function remediateResourcesOf<K extends Kind>(
  kind: K,
  fix: (inputs: PolicyInputs[K], args: ResourceValidationArgs) => Partial<PolicyInputs[K]> | undefined,
): ResourceRemediation {
  return (args) => {
    if (!isKind(args.type, kind)) return undefined;
    const changes = Object.entries(fix(args.props as PolicyInputs[K], args) ?? {});
    if (changes.length === 0) return undefined;
    const stored = behind(args.props) as Record<string, unknown>;
    for (const [name, value] of changes) {
      if (!isPlain(stored[name])) throw holdsSecret(kind, name);
      args.props[name] = value;
    }
    return args.props;
  };
}

function behind(value: unknown): unknown {
  const inner = Object(value)[target] as unknown;
  return inner === undefined ? value : behind(inner);
}

/** JSON and nothing else: a secret is an object of the SDK's class. */
function isPlain(value: unknown): boolean {
  const own = behind(value);
  if (typeof own !== "object" || own === null) return true;
  if (Array.isArray(own)) return own.every(isPlain);
  return Object.getPrototypeOf(own) === Object.prototype && Object.values(own).every(isPlain);
}

function holdsSecret(kind: Kind, name: string): SpinError {
  const message = `A remediation would change "${name}" of a ${kind}, which holds a secret.`;
  return new SpinError("ERR_SPIN_POLICY_SECRET", message, { path: name });
}
