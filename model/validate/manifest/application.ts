import { type Issue, issue } from "../../errors/index.ts";
import type { Manifest } from "../../manifest/types.ts";
import { isTable, pathAt } from "../../toml/index.ts";
import { type KnownVariables, settingIssues } from "./settings.ts";

export function applicationIssues({ application, trigger, variables }: Manifest): Issue[] {
  const { name, targets = [], trigger: settings = {} } = application;
  const nameless =
    name.trim() === ""
      ? [issue("ERR_SPIN_APP_NAME", "application.name", "The application's name is empty.")]
      : [];
  const nothing = Object.values(trigger).every((list) => list.length === 0)
    ? [
        issue(
          "ERR_SPIN_APP_ROUTES",
          "trigger",
          "The application has no triggers, so nothing would ever run.",
          {
            severity: "warning",
            hint: 'Add [[trigger.http]] with route = "/..." and component = "<id>".',
          },
        ),
      ]
    : [];
  return [
    ...nameless,
    ...targetIssues(targets, "application.targets"),
    ...commonSettingIssues(settings, "application.trigger", variables),
    ...nothing,
  ];
}

/** Settings of a trigger type for all its triggers. */
export function commonSettingIssues(
  settings: Record<string, Record<string, unknown>>,
  path: string,
  variables: KnownVariables,
): Issue[] {
  const { http, redis } = settings;
  return [
    ...(http === undefined ? [] : httpIssues(http, `${path}.http`)),
    ...(redis === undefined
      ? []
      : settingIssues(redis, `${path}.redis`, { address: "template!" }, variables)),
  ];
}

/** `base` is what it always is; any other value would be ignored, so Spin refuses it. */
function httpIssues({ base, ...others }: Record<string, unknown>, path: string): Issue[] {
  const unknown = settingIssues(others, path, {});
  if (base === undefined) return unknown;
  const isRoot = base === "/";
  const message = isRoot
    ? "`base` has had no effect since Spin 2."
    : `The base ${JSON.stringify(base)} is not supported; expected no base.`;
  const hint = isRoot ? "Remove it." : "Remove it, and write the whole path in each route.";
  return [
    issue("ERR_SPIN_APPLICATION_TRIGGER", `${path}.base`, message, {
      severity: isRoot ? "warning" : "error",
      hint,
    }),
    ...unknown,
  ];
}

/** A name with a version, a URL, or a path. */
export function targetIssues(targets: readonly unknown[], path: string): Issue[] {
  return targets.flatMap((target, index) => {
    const isRight =
      typeof target === "string"
        ? /^[^:@\s]+[:@][^:@\s]+$/.test(target)
        : isTable(target) &&
          Object.keys(target).length === 1 &&
          (typeof target["url"] === "string" || typeof target["path"] === "string");
    if (isRight) return [];
    const message = `The target ${JSON.stringify(target)} is neither a name with a version nor a url or path.`;
    return [issue("ERR_SPIN_COMPONENT_TARGETS", pathAt(path, index), message)];
  });
}
