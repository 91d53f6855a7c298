import type { AppDefinition, ComponentDefinition } from "../definition.ts";
import type { Issue } from "../errors/index.ts";
import { appIssues } from "./check-app.ts";
import { componentIssues } from "./check-component.ts";
import type { Deployable, DeployablePart } from "./deployable.ts";
import { type LockedParts, readLocked } from "./locked-parts.ts";
import { type TargetName, targetNamed, targets } from "./targets/index.ts";
import type { Refusal, Target } from "./targets/types.ts";

export { type Target, type TargetName, targetNamed, targets };

type Judged =
  | Partial<Pick<ComponentDefinition, "id" | "imports" | "exports" | "grants" | "size">>
  | undefined;

/** Of an application what is known so far. Without components, grants are taken from the locked application. */
export interface JudgedApp extends Partial<Pick<AppDefinition, "name" | "lockedApp">> {
  components?: readonly Judged[];
}

/** What keeps a target from running these components or this application, before anything is deployed. */
export function checkTarget(subject: readonly Judged[] | JudgedApp, name: TargetName): Issue[] {
  return checkDeployable(deployableOf(isList(subject) ? { components: subject } : subject), name);
}

/** The same for an application of any declaration. */
export function checkDeployable(app: Deployable, name: TargetName): Issue[] {
  const target: Target = targets[name];
  return [
    ...appIssues(app, target),
    ...app.parts.flatMap((part) => componentIssues(part, target, app.triggers)),
  ];
}

/** Definitions say what the components are and may do, the locked application what they need of a host. */
function deployableOf({ name, lockedApp, components }: JudgedApp): Deployable {
  const locked = lockedApp === undefined ? undefined : readLocked(lockedApp);
  return {
    ...(name === undefined ? {} : { name: { value: name, path: "name" } }),
    triggers: locked?.triggers.map((trigger, index) => ({
      ...trigger,
      typePath: `lockedApp.triggers[${index}].trigger_type`,
      staticPath: `lockedApp.triggers[${index}].trigger_config.static_response`,
      executorPath: `lockedApp.triggers[${index}].trigger_config.executor`,
    })),
    parts: [
      ...(locked?.components ?? []).map((component, index) =>
        lockedPart(component, `lockedApp.components[${index}]`, components === undefined),
      ),
      ...(components ?? []).map((component, index) => definedPart(component ?? {}, `components[${index}]`)),
    ],
    path: "components",
  };
}

const refusals: readonly Refusal[] = ["sqliteDatabases", "aiModels", "files"];

function definedPart(component: NonNullable<Judged>, path: string): DeployablePart {
  const { id, imports, exports, size, grants } = component;
  return {
    ...(id === undefined ? {} : { id }),
    ...(imports === undefined ? {} : { imports: { names: imports, path: `${path}.imports` } }),
    ...(exports === undefined ? {} : { exports: { names: exports, path: `${path}.exports` } }),
    ...(size === undefined ? {} : { size }),
    grants: (grants ?? []).flatMap((grant, index) =>
      refusals.map((word) => ({
        refusal: word,
        word,
        values: (grant?.[word] ?? []).map((it) => (typeof it === "string" ? it : it.source)),
        path: `${path}.grants[${index}].${word}`,
      })),
    ),
  };
}

function lockedPart(
  component: LockedParts["components"][number],
  path: string,
  withGrants: boolean,
): DeployablePart {
  const { id, databases, models, files, requirements, dependencies } = component;
  const grants: NonNullable<DeployablePart["grants"]> = [
    { refusal: "sqliteDatabases", word: "sqliteDatabases", values: databases, path: "metadata.databases" },
    { refusal: "aiModels", word: "aiModels", values: models, path: "metadata.ai_models" },
    { refusal: "files", word: "files", values: files, path: "files" },
  ];
  return {
    id,
    requirements: requirements.map((it) => ({ name: it, path: `${path}.host_requirements.${it}` })),
    dependencies: { names: dependencies, path: `${path}.dependencies` },
    ...(withGrants ? { grants: grants.map((it) => ({ ...it, path: `${path}.${it.path}` })) } : {}),
  };
}

function isList(subject: readonly Judged[] | JudgedApp): subject is readonly Judged[] {
  return Array.isArray(subject);
}
