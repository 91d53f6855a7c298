/** What `readManifest` finds, with the changes that are safe. */
import { parseAllowedHost } from "../../capability/index.ts";
import { type Issue, isSpinError } from "../../errors/index.ts";
import { fromHttpHosts } from "../../manifest/http-hosts.ts";
import type { Manifest } from "../../manifest/types.ts";
import { componentsOf } from "../../validate/manifest/places.ts";
import { pathAt, readToml } from "../../toml/index.ts";
import { type Finding, findingOf, type Fix } from "../finding.ts";

/** Issues of the text itself; the manifest is there when keys and types are right. */
export function reading(text: string, issues: readonly Issue[], manifest: Manifest | undefined): Finding[] {
  return issues.map((found) => {
    const fix = manifest === undefined ? versionFix(found, text) : fixOf(found, manifest);
    return findingOf(withDigestHint(found), fix === undefined ? {} : { fix });
  });
}

/** As `spin doctor` does: a number 1 was meant as the text "1", all else as 2. */
function versionFix({ code }: Issue, text: string): Fix | undefined {
  if (code !== "ERR_SPIN_MANIFEST_VERSION") return undefined;
  const data = readToml(text, "ERR_SPIN_MANIFEST_TOML", "The manifest");
  const version = (data["spin_manifest_version"] ?? data["spin_version"]) === 1 ? "1" : 2;
  return { title: `write spin_manifest_version = ${JSON.stringify(version)}`, edits: [{ version }] };
}

function fixOf({ code, path, severity }: Issue, manifest: Manifest): Fix | undefined {
  if (code === "ERR_SPIN_COMPONENT_DEPRECATED") return hostsFix(path, manifest);
  if (code === "ERR_SPIN_ALLOWED_HOST_NEVER" || code === "ERR_SPIN_ALLOWED_HOST")
    return entryFix(path, manifest);
  // A `base` that says something is an error: whoever wrote it wants other routes.
  if (code === "ERR_SPIN_APPLICATION_TRIGGER" && path.endsWith(".http.base") && severity === "warning")
    return { title: "remove base", edits: [{ remove: tableOfBase(path, manifest) }] };
  return undefined;
}

/** The outermost table that would be left empty. */
function tableOfBase(path: string, { application }: Manifest): string {
  const { http = {}, ...others } = application.trigger ?? {};
  if (Object.keys(http).length > 1) return path;
  return Object.keys(others).length > 0 ? "application.trigger.http" : "application.trigger";
}

/** `allowed_http_hosts` in the words that took its place. */
function hostsFix(path: string, manifest: Manifest): Fix | undefined {
  const placed = componentsOf(manifest).find((it) => `${it.path}.allowed_http_hosts` === path);
  if (placed === undefined) return undefined;
  const { allowed_outbound_hosts: hosts = [], allowed_http_hosts: old = [] } = placed.component;
  const value = [...new Set([...hosts, ...fromHttpHosts(old)])];
  return {
    title: "write allowed_outbound_hosts instead",
    edits: [{ set: `${placed.path}.allowed_outbound_hosts`, value }, { remove: path }],
  };
}

/** A scheme in capitals, or one that Spin has another word for. */
function entryFix(path: string, manifest: Manifest): Fix | undefined {
  for (const { component, path: at } of componentsOf(manifest)) {
    const hosts = component.allowed_outbound_hosts ?? [];
    const entry = hosts.find((_, index) => pathAt(`${at}.allowed_outbound_hosts`, index) === path);
    if (entry === undefined) continue;
    const value = entry
      .trim()
      .replace(/^[A-Za-z]+:/, (scheme) => scheme.toLowerCase())
      .replace(/^postgresql:/, "postgres:");
    if (value === entry || !isEntry(value)) return undefined;
    return { title: `write ${JSON.stringify(value)}`, edits: [{ set: path, value }] };
  }
  return undefined;
}

function isEntry(text: string): boolean {
  try {
    parseAllowedHost(text);
    return true;
  } catch (error) {
    if (isSpinError(error)) return false;
    throw error;
  }
}

/** Where a digest is missing, the way to one. */
function withDigestHint(found: Issue): Issue {
  if (found.code !== "ERR_SPIN_MANIFEST_MISSING" || !found.path.endsWith(".digest")) return found;
  const hint = 'Add digest = "sha256:…": `curl -sL URL | sha256sum` prints the hex digits.';
  return { ...found, hint };
}
