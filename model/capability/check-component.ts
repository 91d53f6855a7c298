import type { ComponentDefinition } from "../definition.ts";
import { nearest } from "../did-you-mean.ts";
import { type Issue, issue } from "../errors/index.ts";
import { offers, parseInterface } from "./interfaces.ts";
import type { LockedParts } from "./locked-parts.ts";
import type { Target } from "./targets/types.ts";

type Judged = Partial<Pick<ComponentDefinition, "id" | "imports" | "exports" | "grants">>;

/** What one component asks of a target: interfaces, a trigger that can call it, and what it is granted. */
export function componentIssues(
  component: Judged,
  path: string,
  target: Target,
  locked?: LockedParts,
): Issue[] {
  const grants = grantIssues(component, path, target);
  // What Spin makes of a module is known when it has made it.
  if (target.takesModules === true && isModule(component)) return grants;
  return [
    ...importIssues(component, path, target),
    ...exportIssues(component, path, target, locked),
    ...grants,
  ];
}

/** Modules export their memory, and name fields: `module#field`. */
function isModule({ imports = [], exports = [] }: Judged): boolean {
  return exports.includes("memory") || [...imports, ...exports].some((name) => name.includes("#"));
}

function importIssues({ id, imports = [] }: Judged, path: string, target: Target): Issue[] {
  const offered = target.imports;
  if (offered === undefined) return [];
  const strangers = imports.filter((wanted) => !offered.some((offer) => offers(offer, wanted)));
  const [preview1, others] = [
    strangers.filter(isPreview1),
    strangers.filter((wanted) => !isPreview1(wanted)),
  ];
  const issues = others.map((wanted) => {
    const message = `${nameOf(id)} imports ${wanted}, which ${target.title} does not offer.`;
    return issue("ERR_SPIN_TARGET_IMPORT", `${path}.imports`, message, hintFor(wanted, target));
  });
  if (preview1.length === 0) return issues;
  // One step answers all of them, so they are one issue.
  const message = `${nameOf(id)} is a core module for WASI 0.1: it imports ${preview1[0]} and the like.`;
  const hint =
    'Build it as a component: target wasm32-wasip2, or "wasm-tools component new" with the adapter.';
  return [issue("ERR_SPIN_TARGET_IMPORT", `${path}.imports`, message, { hint }), ...issues];
}

function nameOf(id: string | undefined): string {
  return id === undefined ? "The component" : `The component "${id}"`;
}

function isPreview1(wanted: string): boolean {
  return /^wasi_(snapshot_preview1|unstable)#/.test(wanted);
}

/** What is offered under another version, or under a similar name in the same package. */
function hintFor(wanted: string, target: Target): { hint?: string } {
  const { name } = parseInterface(wanted);
  const { imports: offered = [] } = target;
  const versions = offered.filter((offer) => parseInterface(offer).name === name);
  if (versions.length > 0) {
    return { hint: `Build it for ${versions.map(spelled).join(" or ")}, which ${target.title} offers.` };
  }
  const [start = "", word = ""] = name.split("/");
  const siblings = offered.map((offer) => parseInterface(offer).name.split("/"));
  const similar = nearest(
    word,
    siblings.filter(([it]) => it === start).map(([, sibling = ""]) => sibling),
  );
  return similar === undefined ? {} : { hint: `Did you mean ${start}/${similar}?` };
}

/** An offer of a track, as people write it: `wasi:io/streams@0.2.x`. */
function spelled(offer: string): string {
  return parseInterface(offer).version.split(".").length < 3 ? `${offer}.x` : offer;
}

/** `undefined`: nobody says by what the component is called. */
function exportIssues({ id, exports }: Judged, path: string, target: Target, locked?: LockedParts): Issue[] {
  const callable = interfacesCalled(id, target, locked);
  if (exports === undefined || callable === undefined) return [];
  if (exports.some((found) => callable.some((offer) => offers(offer, found)))) return [];
  const found = exports.length === 0 ? "exports nothing" : `exports ${exports.join(", ")}`;
  const called = callable.map(spelled).join(" or ");
  const message = `${nameOf(id)} ${found}, but ${target.title} calls ${called}.`;
  return [issue("ERR_SPIN_TARGET_EXPORT", `${path}.exports`, message)];
}

/** By the triggers that lead to the component, where they are known. */
function interfacesCalled(
  id: string | undefined,
  { exports, calls }: Target,
  locked: LockedParts | undefined,
): readonly string[] | undefined {
  if (locked === undefined || id === undefined || calls === undefined) return exports;
  const own = locked.triggers.filter(({ component, isWagi }) => component === id && !isWagi);
  const lists = own.map(({ type }) => (Object.hasOwn(calls, type) ? calls[type] : undefined));
  return lists.length === 0 || lists.includes(undefined)
    ? undefined
    : [...new Set(lists.flatMap((list) => list ?? []))];
}

function grantIssues({ id, grants }: Judged, path: string, { refuses, title }: Target): Issue[] {
  return (grants ?? []).flatMap((grant, index) =>
    refuses
      .filter((property) => (grant?.[property]?.length ?? 0) > 0)
      .map((property) => {
        const values = grant?.[property]?.map(show).join(", ");
        const message = `${nameOf(id)} is granted ${property} (${values}), which ${title} does not serve.`;
        return issue("ERR_SPIN_TARGET_GRANT", `${path}.grants[${index}].${property}`, message);
      }),
  );
}

function show(value: string | { source: string } | undefined): string {
  return typeof value === "object" ? value.source : String(value);
}
