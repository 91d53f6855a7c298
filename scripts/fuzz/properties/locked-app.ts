/** What must hold for a manifest that is locked, and for any JSON where a locked application is expected. */
import { canonicalJson, type Json, parseJson } from "../../../model/json.ts";
import {
  checkTarget,
  type ContentResolver,
  lockedAppDigest,
  lockManifest,
  normalizeManifest,
  readManifest,
  type TargetName,
  targets,
} from "../../../model/index.ts";
import { isTable } from "../../../model/toml/index.ts";
import { must } from "./plain.ts";

const digest = `sha256:${"0".repeat(64)}`;
const content: ContentResolver = {
  component: () => ({ digest }),
  dependency: () => ({ digest }),
  files: () => [{ digest, path: "/a" }],
};

/** What is no error locks, to the same digest however often it is written and read. */
export function locked(text: string): unknown {
  const { manifest, issues } = readManifest(text);
  if (manifest === undefined || issues.some(({ severity }) => severity === "error")) return "refused";
  const lock = () => lockManifest(normalizeManifest(manifest), content);
  const app = must(lock, "readManifest found no error, and lockManifest did");
  const again = parseJson(JSON.stringify(app)) as { [key: string]: Json };
  if (lockedAppDigest(again) !== lockedAppDigest(app))
    throw new Error(`The digest changes when it is read: ${canonicalJson(app)} and ${canonicalJson(again)}`);
  return judged(again);
}

/** Any JSON has a digest, and every target has something to say about it. */
export function lockedJson(text: string): unknown {
  let data: unknown;
  try {
    data = parseJson(text);
  } catch (error) {
    if (error instanceof SyntaxError) return "no JSON";
    throw error;
  }
  const again = parseJson(JSON.stringify(data));
  // JSON has no word for what 1e400 is read as, and none for -0.
  if (canonicalJson(again) !== canonicalJson(data))
    throw new Error(`It is read as something else again: ${JSON.stringify(data)}`);
  return isTable(data) ? judged(data as { [key: string]: Json }) : canonicalJson(data);
}

function judged(app: { [key: string]: Json }): unknown {
  const names = Object.keys(targets) as TargetName[];
  return [lockedAppDigest(app), ...names.flatMap((name) => checkTarget({ lockedApp: app }, name))];
}
