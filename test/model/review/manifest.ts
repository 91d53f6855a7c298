import { type Manifest, parseManifest } from "../../../model/index.ts";

/** A manifest of these lines, with a route to the component "api" unless triggers are given. */
export function manifest(...lines: string[]): Manifest {
  const text = lines.join("\n");
  const trigger = text.includes("[[trigger.") ? "" : '[[trigger.http]]\nroute = "/"\ncomponent = "api"\n';
  return parseManifest(`spin_manifest_version = 2\n[application]\nname = "shop"\n${trigger}${text}\n`);
}

/** The component "api" with these settings. */
export function api(...settings: string[]): Manifest {
  return manifest("[component.api]", 'source = "api.wasm"', ...settings);
}
