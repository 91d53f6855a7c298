import type { ResourceValidation, ResourceValidationArgs } from "@pulumi/policy";
import type { GrantDefinition } from "../../model/definition.ts";
import { validateDeployedApps } from "./deployed-apps.ts";
import { validateResourcesOf } from "./validate.ts";

/** Judges one grant. What it reports is told with the place of the grant. */
export type GrantValidation = (
  grant: GrantDefinition,
  report: (message: string) => void,
  args: ResourceValidationArgs,
) => void;

/**
 * For `validateResource`: judges each grant where it is declared, and again in the application that is deployed, where
 * also those are that no CapabilityGrant declares.
 */
export function validateGrants(validate: GrantValidation): ResourceValidation[] {
  return [
    validateResourcesOf("CapabilityGrant", (grant, args, report) =>
      validate(grant as GrantDefinition, report, args),
    ),
    ...validateDeployedApps(({ components }, args, report) => {
      for (const { id, grants } of components)
        for (const grant of grants)
          validate(grant, (message) => report(`Of the component "${id}": ${message}`), args);
    }),
  ];
}
