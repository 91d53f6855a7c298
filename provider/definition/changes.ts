import { canonicalJson } from "../../model/json.ts";
import { formatPath, formatPattern, type PropertyPath } from "./property-path.ts";
import { hasUnknown, isUnknown } from "./unknown.ts";

export type ChangeKind = "add" | "delete" | "update";

export interface PathChange {
  path: PropertyPath;
  kind: ChangeKind;
}

/** What differs inside a value, at the deepest paths that say it. `undefined` and `null` are both "not there". */
export function changesBetween(
  old: unknown,
  wanted: unknown,
  path: PropertyPath,
  unordered: readonly string[] = [],
): PathChange[] {
  if (isUnknown(wanted)) return [{ path, kind: isAbsent(old) ? "add" : "update" }];
  if (isAbsent(old)) return isAbsent(wanted) ? [] : [{ path, kind: "add" }];
  if (isAbsent(wanted)) return [{ path, kind: "delete" }];
  if (Array.isArray(old) && Array.isArray(wanted)) {
    return unordered.includes(formatPattern(path))
      ? setChanges(old, wanted, path)
      : listChanges(old, wanted, path, unordered);
  }
  if (isObject(old) && isObject(wanted)) {
    const keys = [...new Set([...Object.keys(old), ...Object.keys(wanted)])];
    return keys.flatMap((key) => changesBetween(old[key], wanted[key], [...path, key], unordered));
  }
  return canonicalJson(old) === canonicalJson(wanted) ? [] : [{ path, kind: "update" }];
}

function listChanges(
  old: unknown[],
  wanted: unknown[],
  path: PropertyPath,
  unordered: readonly string[],
): PathChange[] {
  const length = Math.max(old.length, wanted.length);
  return Array.from({ length }, (_, index) => index).flatMap((index) =>
    changesBetween(old[index], wanted[index], [...path, index], unordered),
  );
}

/** Members that are only in one of the two, each at its own index there; what is not known yet is a change. */
function setChanges(old: unknown[], wanted: unknown[], path: PropertyPath): PathChange[] {
  const gone = without(old, wanted);
  const come = without(wanted, old);
  const kinds = new Map<string, PathChange>();
  for (const index of gone) kinds.set(formatPath([index]), { path: [...path, index], kind: "delete" });
  for (const index of come) {
    const key = formatPath([index]);
    kinds.set(key, { path: [...path, index], kind: kinds.has(key) ? "update" : "add" });
  }
  return [...kinds.values()];
}

/** Indices of the members of `list` that `other` does not have, each member of `other` counted once. */
function without(list: unknown[], other: unknown[]): number[] {
  const left = new Map<string, number>();
  for (const member of other.filter((it) => !hasUnknown(it))) {
    const key = canonicalJson(member);
    left.set(key, (left.get(key) ?? 0) + 1);
  }
  return list.flatMap((member, index) => {
    if (hasUnknown(member)) return [index];
    const key = canonicalJson(member);
    const count = left.get(key) ?? 0;
    left.set(key, count - 1);
    return count > 0 ? [] : [index];
  });
}

function isAbsent(value: unknown): value is undefined | null {
  return value === undefined || value === null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
