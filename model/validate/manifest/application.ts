import { type Issue, issue } from "../../errors/index.ts";
import type { Manifest } from "../../manifest/types.ts";
import { isTable, pathAt } from "../../toml/index.ts";
import { settingIssues } from "./settings.ts";

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
    ...(Object.hasOwn(settings, "http") ? httpIssues(settings["http"] ?? {}) : []),
    ...(Object.hasOwn(settings, "redis")
      ? settingIssues(
          settings["redis"] ?? {},
          "application.trigger.redis",
          { address: "template!" },
          variables,
        )
      : []),
    ...nothing,
  ];
}

/** `base` is what it always is; any other value would be ignored, so Spin refuses it. */
function httpIssues({ base, ...others }: Record<string, unknown>): Issue[] {
  const path = "application.trigger.http";
  const unknown = settingIssues(others, path, {});
  if (base === undefined) return unknown;
  const isRoot = base === "/";
  const message = isRoot
    ? "`base` is no longer used."
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
