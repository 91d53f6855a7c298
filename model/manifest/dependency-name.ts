/** Names of dependencies (crates/serde/src/dependencies.rs): what a component imports. */
import { byCodeUnit } from "../json.ts";
import { kebabProblem } from "./identifiers.ts";

export type DependencyName =
  | { kind: "plain"; name: string }
  | { kind: "package"; namespace: string; name: string; interface?: string; version?: Version };

/** Numbers as they were written: they may be larger than a double holds. */
export interface Version {
  numbers: [major: string, minor: string, patch: string];
  prerelease: string;
  text: string;
}

/** The name that a text writes; `undefined` when it is none. */
export function parseDependencyName(text: string): DependencyName | undefined {
  if (!/[:/]/.test(text)) return kebabProblem(text) === undefined ? { kind: "plain", name: text } : undefined;
  const at = text.indexOf("@");
  const path = at === -1 ? text : text.slice(0, at);
  const version = at === -1 ? undefined : parseVersion(text.slice(at + 1));
  const [, namespace = "", name = "", inner] = /^([^:/]+):([^:/]+)(?:\/(.+))?$/.exec(path) ?? [];
  const words = [namespace, name, ...(inner === undefined ? [] : [inner])];
  if ((at !== -1 && version === undefined) || words.some((word) => kebabProblem(word) !== undefined))
    return undefined;
  return {
    kind: "package",
    namespace,
    name,
    ...(inner === undefined ? {} : { interface: inner }),
    ...(version === undefined ? {} : { version }),
  };
}

/** semver.org, 9 and 10: `1.2.3-rc.1+build`. */
export function parseVersion(text: string): Version | undefined {
  const number = "(0|[1-9]\\d*)";
  const match = new RegExp(
    `^${number}\\.${number}\\.${number}(?:-([0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*))?(?:\\+[0-9A-Za-z-.]+)?$`,
  ).exec(text);
  if (match === null) return undefined;
  const [, major = "", minor = "", patch = "", prerelease = ""] = match;
  return { numbers: [major, minor, patch], prerelease, text };
}

/** The leading numbers that must agree for one version to stand in for another. */
export function versionTrack({ numbers: [major, minor, patch], prerelease }: Version): string {
  if (prerelease !== "") return `${major}.${minor}.${patch}-${prerelease}`;
  if (major !== "0") return major;
  return minor === "0" ? `0.0.${patch}` : `0.${minor}`;
}

/** The order in which Spin writes dependencies: plain words first, then by package, version and interface. */
export function byDependencyName(left: string, right: string): number {
  const [a, b] = [parseDependencyName(left), parseDependencyName(right)];
  if (a?.kind !== "package" || b?.kind !== "package") {
    const rank = (name: DependencyName | undefined): number => (name?.kind === "package" ? 1 : 0);
    return rank(a) - rank(b) || byCodeUnit(left, right);
  }
  return (
    byCodeUnit(a.namespace, b.namespace) ||
    byCodeUnit(a.name, b.name) ||
    byVersion(a.version, b.version) ||
    byCodeUnit(a.interface ?? "", b.interface ?? "")
  );
}

function byVersion(a: Version | undefined, b: Version | undefined): number {
  if (a === undefined || b === undefined) return Number(a !== undefined) - Number(b !== undefined);
  for (const [index, number] of a.numbers.entries()) {
    const other = b.numbers[index] ?? "0";
    const difference = number.length - other.length || byCodeUnit(number, other);
    if (difference !== 0) return difference;
  }
  // A prerelease comes before its release.
  if (a.prerelease === "" || b.prerelease === "")
    return Number(a.prerelease === "") - Number(b.prerelease === "");
  return byCodeUnit(a.prerelease, b.prerelease);
}
