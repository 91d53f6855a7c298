/** The forms that one manifest can take: as it stands, and with each of its profiles. */
import { type Lifted, liftInlineComponents } from "../manifest/normalize/inline-components.ts";
import { overlayProfile } from "../manifest/normalize/profile.ts";
import { giveTriggerIds } from "../manifest/normalize/trigger-ids.ts";
import type { Manifest } from "../manifest/types.ts";
import { byCodeUnit, canonicalJson } from "../json.ts";

/** What `describe` finds as it stands, then what only a profile adds, which says so. */
export function inAllForms<T extends { profile?: string }>(
  manifest: Manifest,
  describe: (form: Lifted) => T[],
): T[] {
  // Dependencies are left as they are written: what they name is shown, and need not be there.
  const form = liftInlineComponents({ ...manifest, trigger: giveTriggerIds(manifest.trigger) });
  const standing = describe(form);
  const known = new Set(standing.map(canonicalJson));
  const added = profilesOf(form).flatMap((profile) =>
    describe(overlayProfile(form, profile))
      .filter((found) => !known.has(canonicalJson(found)))
      .map((found) => ({ ...found, profile })),
  );
  return [...standing, ...added];
}

function profilesOf({ component }: Lifted): string[] {
  const names = Object.values(component).flatMap((it) => Object.keys(it.profile ?? {}));
  return [...new Set(names)].sort(byCodeUnit);
}
