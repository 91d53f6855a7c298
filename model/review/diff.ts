import { byCodeUnit, canonicalJson } from "../json.ts";
import type { Manifest } from "../manifest/types.ts";
import { diffFacts } from "./diff-facts.ts";
import { diffImports, type Imports } from "./diff-imports.ts";
import { diffRights } from "./diff-rights.ts";
import { diffVariables } from "./diff-variables.ts";
import { factsOf } from "./facts.ts";
import { manifestCapabilities } from "./manifest-capabilities.ts";
import { type CapabilityChange, type Risk, risks } from "./types.ts";

/**
 * What a reviewer approves by approving `head` in place of `base`: the worst first, else by component. Equal rights in
 * other words are no change. With the imports of both sides' binaries, what those gained is told too.
 */
export function diffCapabilities(
  base: Manifest,
  head: Manifest,
  imports?: { base: Imports; head: Imports },
): CapabilityChange[] {
  const changes = [
    ...diffRights(manifestCapabilities(base), manifestCapabilities(head)),
    ...diffFacts(factsOf(base), factsOf(head)),
    ...diffVariables(base, head),
    ...(imports === undefined ? [] : diffImports(imports.base, imports.head)),
  ];
  return changes
    .map((change) => ({ change, key: sortKey(change) }))
    .sort((a, b) => byCodeUnit(a.key, b.key))
    .map(({ change }) => change);
}

/** The worst that comes with the changes; `undefined` when the application only loses rights, or nothing changes. */
export function worstRisk(changes: readonly CapabilityChange[]): Risk | undefined {
  const ranks = changes
    .filter(({ change, risk }) => risk !== "low" || (change !== "removed" && change !== "narrowed"))
    .map(({ risk }) => risks.indexOf(risk));
  return ranks.length === 0 ? undefined : risks[Math.max(...ranks)];
}

const order: CapabilityChange["change"][] = ["added", "widened", "changed", "narrowed", "removed"];

function sortKey(it: CapabilityChange): string {
  const { risk, change, component, via = "", profile = "", kind } = it;
  const rank = `${risks.length - risks.indexOf(risk)}${order.indexOf(change)}`;
  return [rank, component, via, profile, kind, canonicalJson(it)].join("\0");
}
