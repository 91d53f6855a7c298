import type {
  PolicyResource,
  ReportViolation,
  ResourceValidation,
  ResourceValidationArgs,
  StackValidationArgs,
} from "@pulumi/policy";
import { isKind, type Kind } from "./kinds.ts";
import type { PolicyInputs, PolicyOutputs } from "./properties.ts";

/** For `validateResource`: judges each resource of a kind by its inputs, before anything is changed. */
export function validateResourcesOf<K extends Kind>(
  kind: K,
  validate: (
    inputs: PolicyInputs[K],
    args: ResourceValidationArgs,
    report: ReportViolation,
  ) => Promise<void> | void,
): ResourceValidation {
  return (args, report) =>
    isKind(args.type, kind) ? validate(args.props as PolicyInputs[K], args, report) : undefined;
}

/** A resource of a stack with its inputs and outputs. */
export type SpinResourceIn<K extends Kind> = Omit<PolicyResource, "props"> & {
  props: PolicyInputs[K] & PolicyOutputs[K];
};

/** For `validateStack`: the stack's resources of a kind. */
export function resourcesOf<K extends Kind>(
  { resources }: Pick<StackValidationArgs, "resources">,
  kind: K,
): SpinResourceIn<K>[] {
  return resources.filter(({ type }) => isKind(type, kind)) as SpinResourceIn<K>[];
}
