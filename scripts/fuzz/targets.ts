/** Everything that reads what comes from outside, one line each. Some also say what must come of it. */
import {
  destinationOf,
  inspectWasm,
  isHostAllowed,
  isReservedRoute,
  parseAllowedHost,
  parseManifest,
  parseRoute,
  parseTemplate,
  routeKey,
  routeProblem,
} from "../../model/index.ts";
import { parseDependencyName } from "../../model/manifest/dependency-name.ts";
import { edited, normalized, readBack, readWithPlaces, validated } from "./properties.ts";
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
  { kind: "toml", name: "readManifest", seeds: manifests, run: readWithPlaces },
  { kind: "toml", name: "edit", seeds: manifests, run: edited },
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

function isAllowedSomewhere(url: string): unknown {
  const destination = destinationOf(url);
  return destination === undefined ? "none" : isHostAllowed(rules, destination);
}

const rules = ["*://*:*", "https://*.example.com", "redis://10.0.0.0/8", "http://self"].map(parseAllowedHost);

function readRoute(pattern: string): unknown {
  return [parseRoute(pattern), routeKey(pattern), routeProblem(pattern) ?? "fine", isReservedRoute(pattern)];
}
