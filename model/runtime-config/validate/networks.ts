import { parseIp } from "../../capability/ip-address.ts";
import { type Issue, issue } from "../../errors/index.ts";
import { pathAt } from "../../toml/index.ts";

/** Entries of `outbound_networking.block_networks`. Bits behind the prefix do not matter. */
export function networkIssues(networks: readonly string[]): Issue[] {
  return networks.flatMap((network, index) => {
    if (network === "private" || isNetwork(network)) return [];
    const path = pathAt("outbound_networking.block_networks", index);
    const message = `${path} is "${network}"; expected a network as address/prefix, or "private".`;
    const guess = suggestion(network);
    const hint = guess === undefined ? {} : { hint: `Did you mean "${guess}"?` };
    return [issue("ERR_SPIN_RUNTIME_CONFIG_NETWORK", path, message, hint)];
  });
}

function isNetwork(text: string): boolean {
  const [, address = "", prefix = ""] = /^([^/]+)\/(\d{1,3})$/.exec(text) ?? [];
  const bits = parseIp(address)?.bits;
  return bits !== undefined && Number(prefix) <= bits;
}

function suggestion(text: string): string | undefined {
  const bits = parseIp(text)?.bits;
  if (bits !== undefined) return `${text}/${bits}`;
  return text.trim().toLowerCase() === "private" ? "private" : undefined;
}
