/** Which right includes which, by its kind. */
import { type AllowedHost, parseAllowedHost } from "../capability/allowed-hosts.ts";
import { covers } from "../capability/covers.ts";
import { isSpinError } from "../errors/index.ts";
import { parseRoute, type RouteSegment } from "../manifest/route-pattern.ts";
import { isTemplate } from "../manifest/template.ts";
import { privateRoute } from "./reach.ts";
import type { Capability } from "./types.ts";

/** Whether all that `b` allows is allowed by `a`. Both are of one component and kind. */
export function includes(a: Capability, b: Capability): boolean {
  if (a.kind === "outbound-host") return includesHost(a.value, b.value);
  if (a.kind === "route") return includesRoute(a.value, b.value);
  if (a.value !== b.value) return false;
  if (a.kind === "file") return a.destination === b.destination && leavesOutLess(a, b);
  return a.template === b.template && a.secret === b.secret;
}

/** The host that an entry names; `undefined` for templates and for what Spin would refuse. */
export function hostOf(entry: string): AllowedHost | undefined {
  if (isTemplate(entry)) return undefined;
  try {
    return parseAllowedHost(entry);
  } catch (error) {
    if (isSpinError(error)) return undefined;
    throw error;
  }
}

/** Whether an entry allows all that another one does. Templates are compared as text: what they become is known at run time only. */
export function includesHost(a: string, b: string): boolean {
  const [wide, narrow] = [hostOf(a), hostOf(b)];
  return a === b || (wide !== undefined && narrow !== undefined && covers(wide, narrow));
}

/** A component that the world may call may be called by its neighbours too. */
function includesRoute(a: string, b: string): boolean {
  if (a === privateRoute || b === privateRoute || a === "?" || b === "?")
    return a === b || b === privateRoute;
  const [wide, narrow] = [parseRoute(a), parseRoute(b)];
  const begins = wide.segments.every((segment, index) => takes(segment, narrow.segments[index]));
  if (!begins || wide.isWildcard) return begins;
  return !narrow.isWildcard && wide.segments.length === narrow.segments.length;
}

function takes(a: RouteSegment, b: RouteSegment | undefined): boolean {
  if (b === undefined) return false;
  return a.kind === "named" || (b.kind === "exact" && a.text === b.text);
}

function leavesOutLess({ without = [] }: Capability, other: Capability): boolean {
  return without.every((pattern) => other.without?.includes(pattern));
}
