/** What a policy sees: values, not outputs, and definitions where a program passes resources. */
import type { Unwrap } from "@pulumi/pulumi";
import type { CapabilityRow } from "../../model/capability/index.ts";
import type {
  AppDefinition,
  ArtifactDefinition,
  ComponentDefinition,
  Dependencies,
  DependencyDefinition,
  GrantDefinition,
  ProfileDefinition,
  RouteDefinition,
  TriggerDefinition,
  VariableDefinition,
} from "../../model/definition.ts";
import type { AppArgs } from "../app.ts";
import type { ArtifactArgs } from "../artifact.ts";
import type { CapabilityGrantArgs } from "../capability-grant.ts";
import type { ComponentArgs } from "../component.ts";
import type { HostDeploymentArgs } from "../host-deployment.ts";
import type { KubernetesDeploymentArgs } from "../kubernetes-deployment.ts";
import type { RedisTriggerArgs } from "../redis-trigger.ts";
import type { RouteArgs } from "../route.ts";
import type { TriggerArgs } from "../trigger.ts";
import type { VariableArgs } from "../variable.ts";

/** Arguments whose members in `Own` are of another type once they are values. */
type Seen<Args, Own> = Unwrap<Omit<Args, keyof Own>> & Own;

/** Inputs by kind, with the defaults that the provider fills in; secrets are in plain text here. */
export interface PolicyInputs {
  Variable: Unwrap<VariableArgs>;
  CapabilityGrant: Unwrap<CapabilityGrantArgs>;
  Component: Seen<
    ComponentArgs,
    {
      componentId: string;
      grants?: GrantDefinition[];
      dependencies?: Dependencies;
      profiles?: Record<string, ProfileDefinition>;
    }
  >;
  Route: Seen<
    RouteArgs,
    {
      component?: string;
      components?: Record<string, string | string[]>;
      middleware?: DependencyDefinition[];
    }
  >;
  RedisTrigger: Seen<RedisTriggerArgs, { component: string }>;
  Trigger: Seen<
    TriggerArgs,
    {
      component?: string;
      components?: Record<string, string | string[]>;
      dependencies?: Record<string, DependencyDefinition[]>;
    }
  >;
  App: Seen<
    AppArgs,
    {
      name: string;
      variables?: VariableDefinition[];
      components?: ComponentDefinition[];
      routes?: RouteDefinition[];
      triggers?: TriggerDefinition[];
    }
  >;
  Artifact: Seen<ArtifactArgs, { app?: AppDefinition }>;
  HostDeployment: Seen<HostDeploymentArgs, { app?: AppDefinition; artifact?: ArtifactDefinition }>;
  KubernetesDeployment: Seen<KubernetesDeploymentArgs, { artifact?: ArtifactDefinition }>;
}

/** What a stack policy sees besides: outputs by kind. */
export interface PolicyOutputs {
  Variable: { definition: VariableDefinition };
  CapabilityGrant: { definition: GrantDefinition };
  Component: {
    digest: string;
    sizeBytes: number;
    imports: string[];
    exports: string[];
    definition: ComponentDefinition;
  };
  Route: { definition: RouteDefinition };
  RedisTrigger: { definition: TriggerDefinition };
  Trigger: { definition: TriggerDefinition };
  App: {
    manifest: string;
    digest: string;
    capabilities: CapabilityRow[];
    warnings: string[];
    definition: AppDefinition;
  };
  Artifact: {
    reference: string;
    digest: string;
    size: number;
    tags: string[];
    history: string[];
    definition: ArtifactDefinition;
  };
  HostDeployment: {
    url: string;
    digest: string;
    revision: number;
    status: "running" | "stopped";
    history: { revision: number; digest: string; deployedAt: string }[];
  };
  KubernetesDeployment: {
    url: string;
    namespace: string;
    reference: string;
    revision: string;
    server: string;
    objects: Record<string, string>;
    status: "available" | "progressing" | "failing";
  };
}
