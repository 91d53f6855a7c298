import { nearest } from "../../did-you-mean.ts";
import { SpinError } from "../../errors/index.ts";
import type { ManifestComponent } from "../types.ts";
import type { Lifted } from "./inline-components.ts";

/** Components that have the profile become what it says; the others stay as they are. */
export function overlayProfile(manifest: Lifted, profile: string): Lifted {
  const components = Object.entries(manifest.component);
  if (!components.some(([, component]) => Object.hasOwn(component.profile ?? {}, profile)))
    throw unknownProfile(manifest, profile);
  return {
    ...manifest,
    component: Object.fromEntries(components.map(([id, component]) => [id, overlay(component, profile)])),
  };
}

/** The profile's source and command replace, its environment and dependencies are added and win. */
function overlay(component: ManifestComponent, profile: string): ManifestComponent {
  if (!Object.hasOwn(component.profile ?? {}, profile)) return component;
  const { source, environment, dependencies, build } = component.profile?.[profile] ?? {};
  return {
    ...component,
    ...(source === undefined ? {} : { source }),
    ...(environment === undefined ? {} : { environment: { ...component.environment, ...environment } }),
    ...(dependencies === undefined ? {} : { dependencies: { ...component.dependencies, ...dependencies } }),
    ...(build === undefined ? {} : { build: { ...component.build, command: build.command } }),
  };
}

function unknownProfile({ component }: Lifted, profile: string): SpinError {
  const names = [...new Set(Object.values(component).flatMap((it) => Object.keys(it.profile ?? {})))];
  const guess = nearest(profile, names);
  const known = names.length === 0 ? "no component has any" : `there are ${names.join(", ")}`;
  return new SpinError(
    "ERR_SPIN_PROFILE_UNKNOWN",
    `No component has the profile "${profile}"; ${known}.`,
    guess === undefined ? {} : { hint: `Did you mean "${guess}"?` },
  );
}
