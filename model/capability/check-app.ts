import { type Issue, issue } from "../errors/index.ts";
import type { LockedParts } from "./locked-parts.ts";
import type { JudgedApp } from "./target.ts";
import type { Feature, Refusal, Target } from "./targets/types.ts";

/** What the application as a whole asks of a target: triggers, requirements, size and name. */
export function appIssues(app: JudgedApp, locked: LockedParts | undefined, target: Target): Issue[] {
  return [
    ...nameIssues(app, target),
    ...(locked === undefined ? [] : [...triggerIssues(locked, target), ...featureIssues(locked, target)]),
    ...(locked === undefined || app.components !== undefined ? [] : refusedIssues(locked, target)),
    ...sizeIssues(app, target),
  ];
}

function nameIssues({ name }: JudgedApp, { name: rule, title }: Target): Issue[] {
  if (name === undefined || rule === undefined || rule.pattern.test(name)) return [];
  const message = `The application is called "${name}"; ${title} expects ${rule.expected}.`;
  return [issue("ERR_SPIN_TARGET_NAME", "name", message, { severity: rule.severity })];
}

function triggerIssues({ triggers }: LockedParts, { triggers: known, title }: Target): Issue[] {
  if (known === undefined) return [];
  return triggers.flatMap(({ type, component }, index) => {
    if (known.includes(type)) return [];
    const of = component === undefined ? "" : ` of the component "${component}"`;
    const message = `The trigger${of} is of the type "${type}", but ${title} runs ${known.join(", ")}.`;
    return [issue("ERR_SPIN_TARGET_TRIGGER", `lockedApp.triggers[${index}].trigger_type`, message)];
  });
}

/** Requirements by the names that Spin gives them (crates/locked-app/src/locked.rs). */
const requirements = new Map<string, Feature>([
  ["local_service_chaining", "service chaining"],
  ["middleware", "middleware"],
]);

function featureIssues({ triggers, components }: LockedParts, target: Target): Issue[] {
  const lacks = (feature: Feature): boolean => target.lacks.includes(feature);
  return [
    ...components.flatMap(({ id, requirements: asked, dependencies }, index) => {
      const path = `lockedApp.components[${index}]`;
      const required = asked.flatMap((name) => {
        const feature = requirements.get(name);
        return feature === undefined || lacks(feature) ? [[name, feature ?? name] as const] : [];
      });
      return [
        ...required.map(([name, feature]) =>
          lacking(`The component "${id}" needs ${feature}`, `${path}.host_requirements.${name}`, target),
        ),
        ...(dependencies.length > 0 && lacks("component dependencies")
          ? [
              lacking(
                `The component "${id}" has the dependencies ${dependencies.join(", ")}`,
                `${path}.dependencies`,
                target,
              ),
            ]
          : []),
      ];
    }),
    ...triggers.flatMap(({ isStatic }, index) =>
      isStatic && lacks("static responses")
        ? [
            lacking(
              "A route has a static response",
              `lockedApp.triggers[${index}].trigger_config.static_response`,
              target,
            ),
          ]
        : [],
    ),
  ];
}

function lacking(found: string, path: string, { title }: Target): Issue {
  return issue("ERR_SPIN_TARGET_FEATURE", path, `${found}, which ${title} does not know.`);
}

/** Grants as the locked application has them, where nothing else is known of the components. */
function refusedIssues({ components }: LockedParts, { refuses, title }: Target): Issue[] {
  const places: Record<Refusal, [key: "databases" | "models" | "files", path: string]> = {
    sqliteDatabases: ["databases", "metadata.databases"],
    aiModels: ["models", "metadata.ai_models"],
    files: ["files", "files"],
  };
  return components.flatMap((component, index) =>
    refuses.flatMap((refused) => {
      const [key, path] = places[refused];
      if (component[key].length === 0) return [];
      const message = `The component "${component.id}" is granted ${refused} (${component[key].join(", ")}), which ${title} does not serve.`;
      return [issue("ERR_SPIN_TARGET_GRANT", `lockedApp.components[${index}].${path}`, message)];
    }),
  );
}

function sizeIssues({ components = [] }: JudgedApp, { maxAppBytes, title }: Target): Issue[] {
  // What is not built yet may be of any size; what is known may be too much already.
  const bytes = components.reduce((sum, component) => sum + (component?.size ?? 0), 0);
  if (maxAppBytes === undefined || bytes <= maxAppBytes) return [];
  const message = `The binaries have ${mebibytes(bytes)} MiB together, but ${title} takes ${mebibytes(maxAppBytes)} MiB.`;
  return [issue("ERR_SPIN_TARGET_SIZE", "components", message)];
}

/** Rounded up, so that too much never looks like just enough. */
function mebibytes(bytes: number): string {
  return String(Math.ceil((bytes / 1024 / 1024) * 10) / 10);
}
