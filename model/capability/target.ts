import type { AppDefinition, ComponentDefinition } from "../definition.ts";
import type { Issue } from "../errors/index.ts";
import { appIssues } from "./check-app.ts";
import { componentIssues } from "./check-component.ts";
import { readLocked } from "./locked-parts.ts";
import { type TargetName, targets } from "./targets/index.ts";
import type { Target } from "./targets/types.ts";

export { type Target, type TargetName, targets };

type Judged =
  | Partial<Pick<ComponentDefinition, "id" | "imports" | "exports" | "grants" | "size">>
  | undefined;

/** Of an application what is known so far. Without components, grants are taken from the locked application. */
export interface JudgedApp extends Partial<Pick<AppDefinition, "name" | "lockedApp">> {
  components?: readonly Judged[];
}

/** What keeps a target from running these components or this application, before anything is deployed. */
export function checkTarget(subject: readonly Judged[] | JudgedApp, name: TargetName): Issue[] {
  const target: Target = targets[name];
  const app: JudgedApp = isList(subject) ? { components: subject } : subject;
  const locked = app.lockedApp === undefined ? undefined : readLocked(app.lockedApp);
  return [
    ...appIssues(app, locked, target),
    ...(app.components ?? []).flatMap((component, index) =>
      component === undefined ? [] : componentIssues(component, `components[${index}]`, target, locked),
    ),
  ];
}

function isList(subject: readonly Judged[] | JudgedApp): subject is readonly Judged[] {
  return Array.isArray(subject);
}
