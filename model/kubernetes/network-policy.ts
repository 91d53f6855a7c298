import { type Issue, issue } from "../errors/index.ts";
import { canonicalJson } from "../json.ts";
import { egressOf, type EgressRule } from "./egress.ts";
import { appNameLabel, metadataOf } from "./labels.ts";
import { runtimeConfigHosts } from "./runtime-config-hosts.ts";
import type { DeployedApp, KubernetesObject, KubernetesSpec } from "./types.ts";

/**
 * A policy by which the pods reach nothing but what the grants of their components, the runtime configuration and
 * `networkPolicy.allow` name. Spin itself keeps to the grants by name; the policy holds where Spin fails to. Warnings tell
 * where it is wider than the grants.
 */
export function networkPolicy(
  spec: KubernetesSpec,
  app?: DeployedApp,
): { objects: KubernetesObject[]; warnings: Issue[] } {
  const { networkPolicy: wanted = app !== undefined } = spec;
  if (wanted === false) return { objects: [], warnings: [] };
  const entries = [
    ...new Set([...grantedHosts(spec, app), ...runtimeConfigHosts(spec.runtimeConfig), ...extra(wanted)]),
  ];
  const found = entries.map((entry) => ({ entry, ...egressOf(entry) }));
  const rules = found.flatMap(({ rule }) => (rule === undefined ? [] : [rule]));
  const dns = found.some(({ needsDns }) => needsDns) ? [dnsRule] : [];
  const object: KubernetesObject = {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: metadataOf(spec),
    spec: {
      podSelector: { matchLabels: { [appNameLabel]: spec.name } },
      policyTypes: ["Egress"],
      egress: merged([...dns, ...rules]),
    },
  };
  const warnings = found.flatMap(({ entry, wider }) =>
    wider === undefined
      ? []
      : [widening(`For "${entry}" the NetworkPolicy ${wider}; Spin keeps to the name.`)],
  );
  return { objects: [object], warnings: [...warnings, ...unreadable(spec)] };
}

const dnsRule: EgressRule = {
  ports: [
    { protocol: "UDP", port: 53 },
    { protocol: "TCP", port: 53 },
  ],
};

function grantedHosts({ components }: KubernetesSpec, app?: DeployedApp): string[] {
  return Object.entries(app?.allowedOutboundHosts ?? {}).flatMap(([id, hosts]) =>
    components === undefined || components.includes(id) ? hosts : [],
  );
}

function extra(wanted: NonNullable<KubernetesSpec["networkPolicy"]>): string[] {
  return typeof wanted === "object" ? wanted.allow : [];
}

/** A configuration in a Secret of somebody else's cannot be read here. */
function unreadable({ runtimeConfig }: KubernetesSpec): Issue[] {
  if (typeof runtimeConfig !== "object") return [];
  const message = `The NetworkPolicy knows no stores of the runtime configuration in the Secret "${runtimeConfig.secretName}".`;
  return [widening(message, "Name their hosts in networkPolicy.allow.")];
}

function widening(message: string, hint?: string): Issue {
  return issue("ERR_SPIN_KUBERNETES_POLICY", "networkPolicy", message, {
    severity: "warning",
    ...(hint === undefined ? {} : { hint }),
  });
}

/** Each rule once; one that allows everything makes the others needless. */
function merged(rules: EgressRule[]): EgressRule[] {
  const distinct = new Map(rules.map((rule) => [canonicalJson(rule), rule]));
  return distinct.has("{}") ? [{}] : [...distinct.values()];
}
