import { nearest } from "../did-you-mean.ts";
import { type Issue, issue } from "../errors/index.ts";
import type { DeployablePart, DeployableTrigger } from "./deployable.ts";
import { offers, parseInterface } from "./interfaces.ts";
import type { Target } from "./targets/types.ts";

type Triggers = readonly DeployableTrigger[] | undefined;

/** What one component asks of a target: interfaces, a trigger that can call it, and what it is granted. */
export function componentIssues(part: DeployablePart, target: Target, triggers: Triggers): Issue[] {
  const grants = grantIssues(part, target);
  // What Spin makes of a module is known when it has made it.
  if (target.takesModules === true && isModule(part)) return grants;
  return [...importIssues(part, target), ...exportIssues(part, target, triggers), ...grants];
}

/** Modules export their memory, and name fields: `module#field`. */
function isModule({ imports, exports }: DeployablePart): boolean {
  const [wanted, given] = [imports?.names ?? [], exports?.names ?? []];
  return given.includes("memory") || [...wanted, ...given].some((name) => name.includes("#"));
}

function importIssues({ id, imports }: DeployablePart, target: Target): Issue[] {
  const offered = target.imports;
  if (offered === undefined || imports === undefined) return [];
  const { names, path } = imports;
  const strangers = names.filter((wanted) => !offered.some((offer) => offers(offer, wanted)));
  const [preview1, others] = [
    strangers.filter(isPreview1),
    strangers.filter((wanted) => !isPreview1(wanted)),
  ];
  const issues = others.map((wanted) => {
    const message = `${nameOf(id)} imports ${wanted}, which ${target.title} does not offer.`;
    return issue("ERR_SPIN_TARGET_IMPORT", path, message, hintFor(wanted, target));
  });
  if (preview1.length === 0) return issues;
  // One step answers all of them, so they are one issue.
  const message = `${nameOf(id)} is a core module for WASI 0.1: it imports ${preview1[0]} and the like.`;
  const hint =
    'Build it as a component: target wasm32-wasip2, or "wasm-tools component new" with the adapter.';
  return [issue("ERR_SPIN_TARGET_IMPORT", path, message, { hint }), ...issues];
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
function exportIssues({ id, exports }: DeployablePart, target: Target, triggers: Triggers): Issue[] {
  const callable = interfacesCalled(id, target, triggers);
  if (exports === undefined || callable === undefined) return [];
  const { names, path } = exports;
  if (names.some((found) => callable.some((offer) => offers(offer, found)))) return [];
  const found = names.length === 0 ? "exports nothing" : `exports ${names.join(", ")}`;
  const called = callable.map(spelled).join(" or ");
  const message = `${nameOf(id)} ${found}, but ${target.title} calls ${called}.`;
  return [issue("ERR_SPIN_TARGET_EXPORT", path, message)];
}

/** By the triggers that lead to the component, where they are known. */
function interfacesCalled(
  id: string | undefined,
  { exports, calls }: Target,
  triggers: Triggers,
): readonly string[] | undefined {
  if (triggers === undefined || id === undefined || calls === undefined) return exports;
  const own = triggers.filter(({ component, isWagi }) => component === id && !isWagi);
  const lists = own.map(({ type }) => (Object.hasOwn(calls, type) ? calls[type] : undefined));
  return lists.length === 0 || lists.includes(undefined)
    ? undefined
    : [...new Set(lists.flatMap((list) => list ?? []))];
}

function grantIssues({ id, grants = [] }: DeployablePart, { refuses, title }: Target): Issue[] {
  return grants
    .filter(({ refusal, values }) => refuses.includes(refusal) && values.length > 0)
    .map(({ word, values, path }) => {
      const message = `${nameOf(id)} is granted ${word} (${values.join(", ")}), which ${title} does not serve.`;
      return issue("ERR_SPIN_TARGET_GRANT", path, message);
    });
}
