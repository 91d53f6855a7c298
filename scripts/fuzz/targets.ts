/** Everything that reads what comes from outside, one line each. Some also say what must come of it. */
import {
  inspectWasm,
  isReservedRoute,
  parseManifest,
  parseReference,
  parseRoute,
  parseTemplate,
  routeKey,
  routeProblem,
} from "../../model/index.ts";
import { parseDependencyName } from "../../model/manifest/dependency-name.ts";
import { rewriteModule } from "../../runtime/reset/rewrite-module.ts";
import { resetLikeFresh } from "./guest/differential.ts";
import { allowedHost, isAllowedSomewhere, templatedHost } from "./properties/hosts.ts";
import { linked } from "./properties/link.ts";
import { locked, lockedJson } from "./properties/locked-app.ts";
import {
  edited,
  editedInto,
  normalized,
  readBack,
  readWithPlaces,
  validated,
} from "./properties/manifest.ts";
import { reviewed } from "./properties/review.ts";
import { configReadBack, configSecrets } from "./properties/runtime-config.ts";
import type { Many } from "./random.ts";
import { binaries } from "./seeds/binaries.ts";
import { components } from "./seeds/components.ts";
import { lockedApps } from "./seeds/locked-apps.ts";
import { manifests } from "./seeds/manifests.ts";
import { version1 } from "./seeds/manifests-v1.ts";
import { runtimeConfigs } from "./seeds/runtime-configs.ts";
import { dependencyNames, hosts, references, routes, templates, urls } from "./seeds/texts.ts";
import type { Target } from "./target.ts";

export const targets: Many<Target> = [
  { kind: "toml", name: "parseManifest", seeds: manifests, run: parseManifest },
  { kind: "toml", name: "validateManifest", seeds: manifests, run: validated },
  { kind: "toml", name: "normalizeManifest", seeds: manifests, run: normalized },
  { kind: "toml", name: "synthesize", seeds: manifests, run: readBack },
  { kind: "toml", name: "readManifest", seeds: manifests, run: readWithPlaces },
  { kind: "toml", name: "edit", seeds: manifests, run: edited },
  { kind: "toml", name: "edit into", seeds: manifests, run: editedInto },
  { kind: "toml", name: "lockManifest", seeds: manifests, run: locked },
  { kind: "toml", name: "diffCapabilities", seeds: manifests, run: reviewed },
  { kind: "toml", name: "version 1", seeds: version1, run: readWithPlaces },
  { kind: "toml", name: "version 1, locked", seeds: version1, run: locked },
  { kind: "toml", name: "parseRuntimeConfig", seeds: runtimeConfigs, run: configReadBack },
  { kind: "toml", name: "validateRuntimeConfig", seeds: runtimeConfigs, run: configSecrets },
  { kind: "text", name: "locked application", seeds: lockedApps, run: lockedJson },
  { kind: "text", name: "parseAllowedHost", seeds: hosts, run: allowedHost },
  { kind: "text", name: "templates of hosts", seeds: [...hosts, ...templates], run: templatedHost },
  { kind: "text", name: "destinationOf", seeds: urls, run: isAllowedSomewhere },
  { kind: "text", name: "parseRoute", seeds: routes, run: readRoute },
  { kind: "text", name: "parseTemplate", seeds: templates, run: parseTemplate },
  {
    kind: "text",
    name: "parseDependencyName",
    seeds: dependencyNames,
    run: (text) => parseDependencyName(text) ?? "none",
  },
  { kind: "text", name: "parseReference", seeds: references, run: parseReference },
  { kind: "bytes", name: "inspectWasm", seeds: binaries, run: inspectWasm },
  { kind: "bytes", name: "linker", seeds: [...components, ...binaries], run: linked },
  { kind: "bytes", name: "rewriteModule", seeds: binaries, run: rewritten },
  { kind: "bytes", name: "resetLikeFresh", seeds: [Uint8Array.of(1), Uint8Array.of(2)], run: resetLikeFresh },
];

function readRoute(pattern: string): unknown {
  return [parseRoute(pattern), routeKey(pattern), routeProblem(pattern) ?? "fine", isReservedRoute(pattern)];
}

/** Of a component, which is no module, the refusal is what is wanted. */
function rewritten(bytes: Uint8Array): unknown {
  return rewriteModule(bytes, { memoryBytes: 2 ** 30, tableElements: 10_000, marks: true, checks: true })
    .plan;
}
