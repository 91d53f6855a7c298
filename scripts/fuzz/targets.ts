/** Everything that reads what comes from outside, one line each. A result that is not what was put in throws too. */
import { isDeepStrictEqual } from "node:util";
import {
  describeIssue,
  destinationOf,
  inspectWasm,
  isHostAllowed,
  isReservedRoute,
  type Manifest,
  normalizeManifest,
  parseAllowedHost,
  parseManifest,
  parseRoute,
  parseTemplate,
  routeKey,
  routeProblem,
  synthesize,
  validateManifest,
} from "../../model/index.ts";
import { parseDependencyName } from "../../model/manifest/dependency-name.ts";
import type { Many } from "./random.ts";
import { binaries } from "./seeds/binaries.ts";
import { manifests } from "./seeds/manifests.ts";
import { dependencyNames, hosts, routes, templates, urls } from "./seeds/texts.ts";
import type { Target } from "./target.ts";

export const targets: Many<Target> = [
  { kind: "toml", name: "parseManifest", seeds: manifests, run: parseManifest },
  { kind: "toml", name: "validateManifest", seeds: manifests, run: validated },
  {
    kind: "toml",
    name: "normalizeManifest",
    seeds: manifests,
    run: normalized,
  },
  { kind: "toml", name: "synthesize", seeds: manifests, run: readBack },
  { kind: "text", name: "parseAllowedHost", seeds: hosts, run: parseAllowedHost },
  { kind: "text", name: "destinationOf", seeds: urls, run: isAllowedSomewhere },
  { kind: "text", name: "parseRoute", seeds: routes, run: readRoute },
  { kind: "text", name: "parseTemplate", seeds: templates, run: parseTemplate },
  {
    kind: "text",
    name: "parseDependencyName",
    seeds: dependencyNames,
    run: (text) => parseDependencyName(text) ?? "none",
  },
  { kind: "bytes", name: "inspectWasm", seeds: binaries, run: inspectWasm },
];

function validated(text: string): unknown {
  const issues = validateManifest(parseManifest(text));
  issues.forEach(describeIssue);
  return issues;
}

/** What validation finds no error in can be normalized. */
function normalized(text: string): unknown {
  const manifest = parseManifest(text);
  const isRefused = validateManifest(manifest).some(({ severity }) => severity === "error");
  const normalize = (): unknown => normalizeManifest(manifest);
  return isRefused
    ? normalize()
    : must(normalize, "validateManifest found no error, and normalizeManifest did");
}

/** A coded error is a bug here. */
function must<T>(call: () => T, otherwise: string): T {
  try {
    return call();
  } catch (error) {
    throw new Error(`${otherwise}: ${String(error)}`, { cause: error });
  }
}

/** What was read is written so that it is read as the same. */
function readBack(text: string): unknown {
  const manifest = parseManifest(text);
  const written = synthesize(manifest);
  const again = must(() => parseManifest(written), `synthesize wrote what cannot be read:\n${written}`);
  if (isDeepStrictEqual(plain(again), plain(manifest))) return again;
  throw new Error(`synthesize wrote what is read as something else:\n${written}`);
}

/** Without prototypes, and as text can say it: half of a surrogate pair becomes U+FFFD; empty tables may be left out. */
function plain({ variables = {}, component = {}, ...rest }: Manifest): unknown {
  return bare({ ...rest, variables, component });
}

function bare(value: unknown): unknown {
  if (typeof value === "string") return value.toWellFormed();
  if (Array.isArray(value)) return value.map(bare);
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, it]) => [key.toWellFormed(), bare(it)]));
}

function isAllowedSomewhere(url: string): unknown {
  const destination = destinationOf(url);
  return destination === undefined ? "none" : isHostAllowed(rules, destination);
}

const rules = ["*://*:*", "https://*.example.com", "redis://10.0.0.0/8", "http://self"].map(parseAllowedHost);

function readRoute(pattern: string): unknown {
  return [parseRoute(pattern), routeKey(pattern), routeProblem(pattern) ?? "fine", isReservedRoute(pattern)];
}
