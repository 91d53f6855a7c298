import { type Issue, issue } from "../errors/index.ts";
import type { Deployable, DeployablePart, DeployableTrigger } from "./deployable.ts";
import type { Feature, Target } from "./targets/types.ts";

/** What the application as a whole asks of a target: triggers, requirements, size and name. */
export function appIssues(app: Deployable, target: Target): Issue[] {
  const { triggers = [], parts } = app;
  return [
    ...nameIssues(app, target),
    ...triggerIssues(triggers, target),
    ...parts.flatMap((part) => featureIssues(part, target)),
    ...staticResponseIssues(triggers, target),
    ...wagiIssues(triggers, target),
    ...sizeIssues(app, target),
  ];
}

function nameIssues({ name }: Deployable, { name: rule, title }: Target): Issue[] {
  if (name === undefined || rule === undefined || rule.pattern.test(name.value)) return [];
  const message = `The application is called "${name.value}"; ${title} expects ${rule.expected}.`;
  return [issue("ERR_SPIN_TARGET_NAME", name.path, message, { severity: rule.severity })];
}

function triggerIssues(triggers: readonly DeployableTrigger[], target: Target): Issue[] {
  const { triggers: known, title } = target;
  if (known === undefined) return [];
  return triggers.flatMap(({ type, component, typePath }) => {
    if (known.includes(type)) return [];
    const of = component === undefined ? "" : ` of the component "${component}"`;
    const message = `The trigger${of} is of the type "${type}", but ${title} runs ${known.join(", ")}.`;
    return [issue("ERR_SPIN_TARGET_TRIGGER", typePath, message)];
  });
}

const requirementNames = new Map<string, Feature>([
  ["local_service_chaining", "service chaining"],
  ["middleware", "middleware"],
]);

function featureIssues({ id, requirements = [], dependencies }: DeployablePart, target: Target): Issue[] {
  const missing = requirements.flatMap(({ name, path }) => {
    const feature = requirementNames.get(name);
    if (feature !== undefined && !target.lacks.includes(feature)) return [];
    return [lacking(`The component "${id}" needs ${feature ?? name}`, path, target)];
  });
  if (dependencies === undefined || dependencies.names.length === 0) return missing;
  if (!target.lacks.includes("component dependencies")) return missing;
  const found = `The component "${id}" has the dependencies ${dependencies.names.join(", ")}`;
  return [...missing, lacking(found, dependencies.path, target)];
}

function staticResponseIssues(triggers: readonly DeployableTrigger[], target: Target): Issue[] {
  if (!target.lacks.includes("static responses")) return [];
  return triggers
    .filter(({ isStatic }) => isStatic)
    .map(({ staticPath }) => lacking("A route has a static response", staticPath, target));
}

function wagiIssues(triggers: readonly DeployableTrigger[], target: Target): Issue[] {
  if (!target.lacks.includes("Wagi")) return [];
  return triggers
    .filter(({ isWagi }) => isWagi)
    .map(({ executorPath, typePath }) => lacking("A route runs Wagi", executorPath ?? typePath, target));
}

function lacking(found: string, path: string, { title }: Target): Issue {
  return issue("ERR_SPIN_TARGET_FEATURE", path, `${found}, which ${title} does not know.`);
}

function sizeIssues({ parts, path }: Deployable, { maxAppBytes, title }: Target): Issue[] {
  // What is not built yet may be of any size; what is known may be too much already.
  const bytes = parts.reduce((sum, { size = 0 }) => sum + size, 0);
  if (maxAppBytes === undefined || bytes <= maxAppBytes) return [];
  const message = `The binaries have ${mebibytes(bytes)} MiB together, but ${title} takes ${mebibytes(maxAppBytes)} MiB.`;
  return [issue("ERR_SPIN_TARGET_SIZE", path, message)];
}

/** Rounded up, so that too much never looks like just enough. */
function mebibytes(bytes: number): string {
  return String(Math.ceil((bytes / 1024 / 1024) * 10) / 10);
}
