/** Calls of one component to another of the same app, by the host name `<component id>.spin.internal`. */
import type { AllowedHost } from "./allowed-hosts.ts";

const domain = "spin.internal";

/** Whether an entry is there for such calls: the app then needs a host that can chain. */
export function isServiceChaining({ host }: AllowedHost): boolean {
  if (host.kind === "below") return host.domain === domain;
  return host.kind === "name" && host.name.endsWith(`.${domain}`);
}

/** `*.spin.internal` means the components of the app, so that a call to one that is not there is denied. */
export function expandServiceChaining(
  rules: readonly AllowedHost[],
  componentIds: readonly string[],
): AllowedHost[] {
  return rules.flatMap((rule) => {
    if (rule.host.kind !== "below" || rule.host.domain !== domain) return [rule];
    return componentIds.map((id): AllowedHost => ({
      ...rule,
      host: { kind: "name", name: `${id}.${domain}` },
    }));
  });
}
