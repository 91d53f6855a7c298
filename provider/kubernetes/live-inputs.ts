/** A live SpinApp in the words of a deployment's inputs. */
import {
  type KubernetesObject,
  revisionAnnotation,
  type VariableValue,
} from "../../model/kubernetes/index.ts";
import type { Properties } from "../definition/resource.ts";

/** Parts of a SpinApp's spec that are called the same as the input. */
const same = [
  "executor",
  "replicas",
  "checks",
  "resources",
  "volumes",
  "volumeMounts",
  "serviceAccountName",
  "components",
  "invocationLimits",
  "podLabels",
  "deploymentAnnotations",
  "serviceAnnotations",
] as const;

interface LiveVariable {
  name: string;
  value?: string;
  valueFrom?: Exclude<VariableValue, string>;
}

/** The inputs that one part of the spec stands for; `undefined` for an input that is not there. */
export function inputsOfPart(
  part: string,
  spec: Record<string, unknown>,
  known: Properties = {},
  ours: readonly string[] = [],
): Properties {
  const value = spec[part];
  switch (part) {
    case "image":
      return { reference: value, ...(known["artifact"] === undefined && { image: value }) };
    case "variables":
      return { variables: variablesOf((value ?? []) as LiveVariable[], known, ours) };
    case "podAnnotations":
      return { podAnnotations: withoutRevision(value as Record<string, string> | undefined) };
    case "imagePullSecrets": {
      const names = ((value ?? []) as { name: string }[]).map(({ name }) => name);
      const others = names.filter((name) => !ours.includes(name));
      return { imagePullSecrets: others.length === 0 ? undefined : others };
    }
    case "runtimeConfig": {
      const { loadFromSecret } = Object(value) as { loadFromSecret?: string };
      if (loadFromSecret === undefined) return { runtimeConfig: undefined };
      return {
        runtimeConfig: ours.includes(loadFromSecret)
          ? known["runtimeConfig"]
          : { secretName: loadFromSecret },
      };
    }
    default:
      return same.some((name) => name === part) ? { [part]: value } : {};
  }
}

/** The inputs of a SpinApp that is imported. Of an app that scales, only the autoscaler knows how. */
export function inputsOfSpinApp(live: KubernetesObject): Properties {
  const spec = live["spec"] as Record<string, unknown>;
  const parts = Object.keys(spec).filter((part) => part !== "enableAutoscaling");
  const found = Object.assign({}, ...parts.map((part) => inputsOfPart(part, spec))) as Properties;
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}

function variablesOf(live: LiveVariable[], known: Properties, ours: readonly string[]): Properties {
  return Object.fromEntries(
    live.map(({ name, value = "", valueFrom }) => {
      if (valueFrom === undefined) return [name, value.replaceAll("$$(", "$(")];
      const isOurs = "secretKeyRef" in valueFrom && ours.includes(valueFrom.secretKeyRef.name);
      return [name, isOurs ? known["variables"]?.[name] : valueFrom];
    }),
  );
}

function withoutRevision(annotations: Record<string, string> = {}): Record<string, string> | undefined {
  const { [revisionAnnotation]: _revision, ...others } = annotations;
  return Object.keys(others).length === 0 ? undefined : others;
}
