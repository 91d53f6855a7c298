import type { CapabilityGrantArgs } from "../capability-grant.ts";
import type { ApplicationComponentArgs } from "./args.ts";

/** Every input of a CapabilityGrant; the compiler holds the list complete. */
const grantKeys: Record<keyof CapabilityGrantArgs, true> = {
  allowedOutboundHosts: true,
  keyValueStores: true,
  sqliteDatabases: true,
  aiModels: true,
  files: true,
  variables: true,
  reason: true,
  owner: true,
  expires: true,
};

/** What a component may do, apart from how it is made; no grant where nothing is granted. */
export function grantOf(args: ApplicationComponentArgs): {
  grant: CapabilityGrantArgs | undefined;
  rest: Omit<ApplicationComponentArgs, keyof CapabilityGrantArgs>;
} {
  const given = Object.entries(args).filter(([, value]) => value !== undefined);
  const grant = given.filter(([key]) => Object.hasOwn(grantKeys, key));
  const rest = given.filter(([key]) => !Object.hasOwn(grantKeys, key));
  return {
    grant: grant.length === 0 ? undefined : Object.fromEntries(grant),
    rest: Object.fromEntries(rest) as ReturnType<typeof grantOf>["rest"],
  };
}
