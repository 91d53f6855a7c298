/** How the places of binaries are told to a reviewer. */
import type { ComponentSource, ManifestDependency } from "../manifest/types.ts";

type Place = ComponentSource | Exclude<ManifestDependency, string>;

/** In full: what runs changes when this does. */
export function describeSource(source: Place): string {
  if (typeof source === "object" && "url" in source) return `${identityOf(source)} (${source.digest})`;
  if (typeof source === "object" && "version" in source) return `${identityOf(source)} ${source.version}`;
  return identityOf(source);
}

/** Without versions and digests: the same for each release of one thing. */
export function identityOf(source: Place): string {
  if (typeof source === "string") return source;
  if ("component" in source) return `component ${source.component}`;
  if ("path" in source) return source.path;
  if ("url" in source) return withoutUserinfo(source.url);
  const registry = source.registry === undefined ? "" : ` from ${source.registry}`;
  return `${source.package ?? "the package of its name"}${registry}`;
}

/** Who serves the content; `undefined` for files of the project, and for the user's own default registry. */
export function originOf(source: Place): string | undefined {
  if (typeof source === "string") return undefined;
  if ("url" in source) return URL.canParse(source.url) ? new URL(source.url).host : source.url;
  return "registry" in source ? source.registry : undefined;
}

/** Whether what runs comes from outside the project. */
export function isRemote(source: Place): boolean {
  return typeof source === "object" && ("url" in source || "version" in source);
}

/** Passwords have no place in a review. */
function withoutUserinfo(url: string): string {
  return url.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?#]*@/i, "$1");
}
