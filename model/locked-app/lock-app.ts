import type { AppDefinition } from "../definition.ts";
import { digestOf } from "../digest.ts";
import { SpinError } from "../errors/index.ts";
import { canonicalJson, type Json } from "../json.ts";
import { manifestOf } from "../manifest/from-definition.ts";
import { type NormalManifest, normalizeManifest } from "../manifest/normalize/index.ts";
import type { ContentResolver } from "./content.ts";
import { lockManifest } from "./lock-manifest.ts";
import type { LockedApp } from "./types.ts";

type Unlocked = Omit<AppDefinition, "lockedApp" | "digest">;

/** An app of resources in the form that Spin loads. */
export function normalizeApp(app: Unlocked): NormalManifest {
  return normalizeManifest(manifestOf(app));
}

/**
 * An app of resources, locked with each source by digest: no origin and no absolute path, so that equal apps lock to
 * equal bytes. The components bring their digests, `content` the rest: ERR_SPIN_LOCK_CONTENT where it is left out.
 */
export function lockApp(
  app: Unlocked,
  content: Omit<ContentResolver, "component"> = withoutContent,
): LockedApp {
  const digests = new Map(app.components.map(({ id, digest }) => [id, digest]));
  return lockManifest(normalizeApp(app), {
    ...content,
    component: (id) => ({ digest: digests.get(id) ?? "" }),
  });
}

/** For an app that neither mounts files nor depends on anything; anything else would be lost without a word. */
const withoutContent: Omit<ContentResolver, "component"> = {
  dependency: (name) => unresolved(`the dependency "${name}"`),
  files: (id, { files = [] }) => (files.length === 0 ? [] : unresolved(`the files of the component "${id}"`)),
};

function unresolved(what: string): never {
  throw new SpinError("ERR_SPIN_LOCK_CONTENT", `Nothing says what is in ${what}.`);
}

/** `sha256:<hex>` of the canonical JSON. */
export function lockedAppDigest(lockedApp: LockedApp | { [key: string]: Json }): string {
  return digestOf(canonicalJson(lockedApp));
}
