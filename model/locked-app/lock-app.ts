import type { AppDefinition } from "../definition.ts";
import { digestOf } from "../digest.ts";
import { canonicalJson, type Json } from "../json.ts";
import { manifestOf } from "../manifest/from-definition.ts";
import { normalizeManifest } from "../manifest/normalize/index.ts";
import { lockManifest } from "./lock-manifest.ts";
import type { LockedApp } from "./types.ts";

/** An app of resources, locked with each source by digest: no origin and no absolute path, so that equal apps lock to equal bytes. */
export function lockApp(app: Omit<AppDefinition, "lockedApp" | "digest">): LockedApp {
  const digests = new Map(app.components.map(({ id, digest }) => [id, digest]));
  return lockManifest(normalizeManifest(manifestOf(app)), {
    component: (id) => ({ digest: digests.get(id) ?? "" }),
    dependency: () => ({}),
    files: (_, { files = [] }) =>
      files.flatMap((mount) =>
        typeof mount === "string" ? [] : [{ source: mount.source, path: absolute(mount.destination) }],
      ),
  });
}

/** `sha256:<hex>` of the canonical JSON. */
export function lockedAppDigest(lockedApp: LockedApp | { [key: string]: Json }): string {
  return digestOf(canonicalJson(lockedApp));
}

function absolute(destination: string): string {
  return destination.startsWith("/") ? destination : `/${destination}`;
}
