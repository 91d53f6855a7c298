import { type Issue, issue } from "../../errors/index.ts";
import type { Binaries } from "../../inspection/index.ts";
import { partsOf } from "../../inspection/parts.ts";
import type { ManifestComponent } from "../../manifest/types.ts";
import { pathTo } from "../../toml/index.ts";
import { type Finding, findingOf } from "../finding.ts";
import type { Check } from "../subject.ts";

/** Binaries that are not built, or are none. Before the first build that is no error: there is a command for it. */
export const missingBinaries: Check = ({ manifest, binaries }) =>
  partsOf(manifest).flatMap(({ id, component, path }): Finding[] => {
    const dependencies = Object.entries(component.dependencies ?? {}).flatMap(([name, dependency]) => {
      const at = pathTo(`${path}.dependencies`, name);
      const file = typeof dependency === "object" && "path" in dependency ? dependency.path : name;
      return judge(`The dependency "${name}" of the component "${id}"`, file, at, at, binaries);
    });
    const file = typeof component.source === "string" ? component.source : "";
    const who = `The component "${id}"`;
    return [...judge(who, file, path, `${path}.source`, binaries, component.build), ...dependencies];
  });

function judge(
  who: string,
  file: string,
  key: string,
  path: string,
  binaries: Binaries,
  build?: ManifestComponent["build"],
): Finding[] {
  const binary = binaries.get(key);
  if (binary?.state === "missing") return [findingOf(missing(who, file, path, build), { why: whys.missing })];
  if (binary?.state !== "malformed") return [];
  const message = `${who} has the source "${file}", which cannot be used: ${binary.message}`;
  return [findingOf(issue(binary.code, path, message, { hint: binary.hint }), { why: whys.malformed })];
}

const whys = {
  missing: "Spin does not start without it, and nobody can tell what it imports.",
  malformed: "Spin does not start with it.",
};

function missing(who: string, file: string, path: string, build: ManifestComponent["build"]): Issue {
  const message = `${who} has the source "${file}", and there is no such file.`;
  if (build === undefined) return issue("ERR_SPIN_COMPONENT_MISSING", path, message);
  const command = [build.command].flat().join(" && ");
  const where = build.workdir === undefined ? "" : ` in ${build.workdir}`;
  const hint = `Build it: \`${command}\`${where}.`;
  return issue("ERR_SPIN_COMPONENT_MISSING", path, message, { severity: "warning", hint });
}
