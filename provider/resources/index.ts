import type { ResourceDefinition } from "../definition/resource.ts";
import { app } from "./app.ts";
import { artifact } from "./artifact.ts";
import { capabilityGrant } from "./capability-grant.ts";
import { component } from "./component.ts";
import { hostDeployment } from "./host-deployment.ts";
import { kubernetesDeployment } from "./kubernetes-deployment.ts";
import { redisTrigger } from "./redis-trigger.ts";
import { route } from "./route.ts";
import { trigger } from "./trigger.ts";
import { variable } from "./variable.ts";

/** Every resource there is. A new one is one file beside these and one line here. */
export const resources: readonly ResourceDefinition[] = [
  variable,
  capabilityGrant,
  component,
  route,
  redisTrigger,
  trigger,
  app,
  artifact,
  hostDeployment,
  kubernetesDeployment,
];
