import type { ReportViolation, ResourceValidation, ResourceValidationArgs } from "@pulumi/policy";
import type { AppDefinition, ArtifactDefinition } from "../../model/definition.ts";
import { validateResourcesOf } from "./validate.ts";

export type AppValidation = (
  app: AppDefinition,
  args: ResourceValidationArgs,
  report: ReportViolation,
) => void;

interface Deployed {
  app?: AppDefinition;
  artifact?: ArtifactDefinition;
}

/**
 * For `validateResource`: judges each application where it is deployed, given as such or as an artifact. Of a
 * KubernetesDeployment that names an image nothing is known.
 */
export function validateDeployedApps(validate: AppValidation): ResourceValidation[] {
  const judge = (inputs: Deployed, args: ResourceValidationArgs, report: ReportViolation): void => {
    const app = inputs.app ?? inputs.artifact?.app;
    if (app !== undefined) validate(app, args, report);
  };
  return [validateResourcesOf("HostDeployment", judge), validateResourcesOf("KubernetesDeployment", judge)];
}
