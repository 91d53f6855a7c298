import { issue } from "../../errors/index.ts";
import { partsOf } from "../../inspection/parts.ts";
import { hostVerdict } from "../../review/host-risk.ts";
import { pathAt } from "../../toml/index.ts";
import { type Finding, findingOf } from "../finding.ts";
import { openPartsOf } from "../open-parts.ts";
import type { Check } from "../subject.ts";

/** Entries that allow more hosts, schemes or ports than anybody can have meant. */
export const wideHosts: Check = ({ manifest }) =>
  partsOf(manifest).flatMap(({ id, component, path }) =>
    (component.allowed_outbound_hosts ?? []).flatMap((entry, index): Finding[] => {
      const open = openPartsOf(entry);
      if (open.length === 0) return [];
      const { why } = hostVerdict(entry, `The component "${id}"`);
      const message = `The allowed host "${entry}" of the component "${id}" leaves ${listed(open)} open.`;
      const at = pathAt(`${path}.allowed_outbound_hosts`, index);
      return [findingOf(issue("ERR_SPIN_ALLOWED_HOST_WIDE", at, message, { severity: "warning" }), { why })];
    }),
  );

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
