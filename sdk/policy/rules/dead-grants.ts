import type { StackValidationPolicy } from "@pulumi/policy";
import { resourcesOf } from "../validate.ts";

/** Judged by what the binaries import, which is known when they are built. */
export const deadGrants: StackValidationPolicy = {
  name: "spin-dead-grants",
  description: "A component is granted nothing that its binary could never use.",
  enforcementLevel: "advisory",
  severity: "low",
  remediationSteps:
    "Remove what the component does not import: an attacker of it would get that for nothing.",
  validateStack: (args, report) => {
    for (const { props, urn } of resourcesOf(args, "App")) {
      const dead = props.capabilities.filter(({ used }) => used === "never imported");
      for (const { component, kind, value } of dead)
        report(`The component "${component}" is granted ${kind} ${value}, which its binary cannot use.`, urn);
    }
  },
};
