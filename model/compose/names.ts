/** Names of imports and exports, and the versions in them. */
import { parseVersion, type Version, versionTrack } from "../manifest/dependency-name.ts";

interface InterfaceId {
  /** `wasi:io/streams` */
  path: string;
  version: Version | undefined;
}

export function interfaceId(name: string): InterfaceId {
  const at = name.indexOf("@");
  const version = at === -1 ? undefined : parseVersion(name.slice(at + 1));
  return version === undefined ? { path: name, version } : { path: name.slice(0, at), version };
}

/** Equal for names of which one can stand in for the other: the same, or versions of one track and no prereleases. */
export function trackOf(name: string): string {
  const { path, version } = interfaceId(name);
  return version === undefined || version.prerelease !== "" ? name : `${path}@${versionTrack(version)}`;
}

/** The entry of that very name, else one of its track. */
export function onTrack<Value>(
  name: string,
  entries: ReadonlyMap<string, Value>,
): readonly [name: string, value: Value] | undefined {
  const exact = entries.get(name);
  if (exact !== undefined) return [name, exact];
  const track = trackOf(name);
  return [...entries].find(([other]) => trackOf(other) === track);
}

/** Of two names on one track, the one with the higher version. */
export function newer(left: string, right: string): string {
  const [a, b] = [interfaceId(left).version, interfaceId(right).version];
  if (a === undefined || b === undefined) return left;
  for (const [index, number] of a.numbers.entries()) {
    const difference = BigInt(number) - BigInt(b.numbers[index] ?? "0");
    if (difference !== 0n) return difference > 0n ? left : right;
  }
  return left;
}
