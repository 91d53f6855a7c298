export { deployedDefinition, deployedManifest } from "./deployed-app.ts";
export { urlOf } from "./exposure.ts";
export { manager, managedByLabel, revisionAnnotation } from "./labels.ts";
export { type KubernetesObjects, synthesizeKubernetes } from "./objects.ts";
export { isSecretVariable } from "./secrets.ts";
export { spinAppVersion } from "./spin-app.ts";
export type {
  Autoscaling,
  DeployedApp,
  Exposure,
  KubernetesObject,
  KubernetesSpec,
  Probe,
  VariableValue,
} from "./types.ts";
export { validateKubernetes } from "./validate.ts";
