import { type Issue, issue } from "../errors/index.ts";
import { quantityOf } from "./quantity.ts";
import type { KubernetesSpec, Quantities } from "./types.ts";

/** Quantities that are none, requests beyond limits, and an instance that may be larger than its container. */
export function resourceIssues({ resources, invocationLimits }: Partial<KubernetesSpec>): Issue[] {
  const { limits = {}, requests = {} } = resources ?? {};
  const memory = invocationLimits?.memory;
  const malformed = [
    ...quantityIssues(limits, "resources.limits"),
    ...quantityIssues(requests, "resources.requests"),
    ...quantityIssues(memory === undefined ? {} : { memory }, "invocationLimits"),
  ];
  if (malformed.length > 0) return malformed;
  const beyond = Object.entries(requests).filter(([name, request]) => exceeds(request, limits[name]));
  const most = limits["memory"] ?? requests["memory"];
  return [
    ...beyond.map(([name, request]) =>
      wrong(
        `resources.requests.${name}`,
        `The request of ${request} is more than the limit of ${limits[name]}.`,
      ),
    ),
    ...(exceeds(memory, most)
      ? [
          wrong(
            "invocationLimits.memory",
            `An instance of ${memory} does not fit into the container's ${most}.`,
          ),
        ]
      : []),
  ];
}

function exceeds(text: string | undefined, limit: string | undefined): boolean {
  if (text === undefined || limit === undefined) return false;
  return (quantityOf(text) ?? 0) > (quantityOf(limit) ?? Infinity);
}

function quantityIssues(quantities: Quantities, path: string): Issue[] {
  return Object.entries(quantities).flatMap(([name, text]) => {
    const value = text === undefined ? 0 : quantityOf(text);
    if (value !== undefined && value >= 0) return [];
    return [wrong(`${path}.${name}`, `"${text}" is no quantity; expected for example 500m or 128Mi.`)];
  });
}

function wrong(path: string, message: string): Issue {
  return issue("ERR_SPIN_KUBERNETES_SPEC", path, message);
}
