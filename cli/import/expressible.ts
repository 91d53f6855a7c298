import { outboundHostsOf } from "../../model/manifest/http-hosts.ts";
import { canonicalJson } from "../../model/json.ts";
import { type AppParts, type Manifest, manifestOf, normalizeManifest } from "../../model/manifest/index.ts";
import { SpinError } from "../../model/errors/index.ts";
import { validateApp } from "../../model/validate/app.ts";
import { pathAt, pathTo } from "../../model/toml/index.ts";

/**
 * Nothing of a manifest may be lost on the way to resources: ERR_SPIN_IMPORT for what no resource says, and the codes of
 * the rules that are stricter for resources than Spin is.
 */
export function assertExpressible(manifest: Manifest, parts: AppParts, profile?: string): void {
  const odd = unsayable(manifest, "");
  if (odd.length > 0) throw inexpressible(odd);
  const wanted = plain(withoutOldHosts(manifest), profile);
  const expressed = plain(manifestOf(parts));
  if (canonicalJson(wanted) !== canonicalJson(expressed))
    throw inexpressible(differences(wanted, expressed, ""));
  const errors = validateApp(parts as Parameters<typeof validateApp>[0]).filter(
    ({ severity }) => severity === "error",
  );
  const [first] = errors;
  if (first === undefined) return;
  const lines = errors.map(({ path, message }) => `\n  ${path}: ${message}`).join("");
  throw new SpinError(first.code, `What Spin takes here, an App does not:${lines}`, { hint: first.hint });
}

function inexpressible(paths: string[]): SpinError {
  const message = `No resource says what spin.toml says at ${paths.slice(0, 10).join(", ")}.`;
  return new SpinError("ERR_SPIN_IMPORT", message);
}

/** Dates and numbers that are none: TOML has them, JSON does not. */
function unsayable(value: unknown, path: string): string[] {
  if (typeof value === "number") return Number.isFinite(value) ? [] : [path];
  if (value instanceof Date || typeof value === "bigint") return [path];
  if (Array.isArray(value)) return value.flatMap((it, index) => unsayable(it, pathAt(path, index)));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, it]) => unsayable(it, pathTo(path, key)));
}

function withoutOldHosts(manifest: Manifest): Manifest {
  const change = <T>(value: T): T => {
    if (Array.isArray(value)) return value.map(change) as T;
    if (typeof value !== "object" || value === null) return value;
    const { allowed_http_hosts: old, ...rest } = value as Record<string, unknown>;
    const hosts = old === undefined ? {} : { allowed_outbound_hosts: outboundHostsOf(value) };
    const entries = Object.entries({ ...rest, ...hosts }).map(([key, it]) => [key, change(it)]);
    return Object.fromEntries(entries) as T;
  };
  return {
    ...manifest,
    trigger: change(manifest.trigger),
    ...(manifest.component && { component: change(manifest.component) }),
  };
}

/** The form that Spin loads, without what says nothing: empty tables and lists, and flags that are off anyhow. */
function plain(manifest: Manifest, profile?: string): unknown {
  const { variables = {}, ...normal } = normalizeManifest(manifest, profile);
  const kept = Object.entries(variables).map(([name, { required, secret, ...it }]) => [
    name,
    // No resource repeats the default of a secret; that is told.
    secret === true ? { ...it, default: undefined, secret } : { ...it, ...(required ? { required } : {}) },
  ]);
  const { version, ...application } = normal.application;
  const component = Object.entries(normal.component).map(([id, { profile: profiles, ...it }]) => [
    id,
    profile === undefined ? { ...it, profile: profiles } : it,
  ]);
  return pruned({
    ...normal,
    application: { ...application, ...(version === "" ? {} : { version }) },
    variables: Object.fromEntries(kept),
    component: Object.fromEntries(component),
  });
}

function pruned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(pruned);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, it]): [string, unknown] => [key, pruned(it)]);
  return Object.fromEntries(
    entries.filter(([, it]) => !(typeof it === "object" && it !== null && Object.keys(it).length === 0)),
  );
}

function differences(wanted: unknown, found: unknown, path: string): string[] {
  if (canonicalJson(wanted ?? null) === canonicalJson(found ?? null)) return [];
  if (typeof wanted !== "object" || typeof found !== "object" || wanted === null || found === null)
    return [path];
  const keys = [...new Set([...Object.keys(wanted), ...Object.keys(found)])];
  return keys.flatMap((key) =>
    differences(
      (wanted as Record<string, unknown>)[key],
      (found as Record<string, unknown>)[key],
      Array.isArray(wanted) ? pathAt(path, Number(key)) : pathTo(path, key),
    ),
  );
}
