import type { Policies } from "@pulumi/policy";
import { componentSources } from "./component-sources.ts";
import { deadGrants } from "./dead-grants.ts";
import { encryptedHosts } from "./encrypted-hosts.ts";
import { expiringGrants } from "./expiring-grants.ts";
import { explainedGrants } from "./explained-grants.ts";
import { localListeners } from "./local-listeners.ts";
import { outboundHosts } from "./outbound-hosts.ts";
import { secretVariables } from "./secret-variables.ts";

/**
 * The policies that come with the package, each with its level and settings, which a pack's configuration changes. They
 * judge, and remediate nothing.
 */
export const spinPolicies: Policies = [
  outboundHosts,
  explainedGrants,
  localListeners,
  componentSources,
  encryptedHosts,
  expiringGrants,
  secretVariables,
  deadGrants,
];
