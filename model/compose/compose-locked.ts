import { SpinError } from "../errors/index.ts";
import { contentRefOf, type LockedComponent, type LockedDependency } from "../locked-app/index.ts";
import { type ComposedDependency, composeComponent } from "./compose-component.ts";

export interface ComposedComponent {
  component: LockedComponent;
  digest: string;
  bytes: Uint8Array;
}

/** The digests of the binaries that a component is composed of, its own first; none when it has no dependencies. */
export function composedOf({
  source,
  dependencies = {},
  trigger_dependencies: byRole = {},
}: LockedComponent): string[] {
  const all = [...Object.values(dependencies), ...Object.values(byRole).flat()];
  return all.length === 0 ? [] : [source, ...all.map((it) => it.source)].map(({ digest = "" }) => digest);
}

/**
 * The component as Spin pushes it: one binary in the place of it, its dependencies and its middleware, which are gone from
 * the locked form. What it requires of a host stays, as in Spin. ERR_SPIN_COMPOSE_*.
 */
export function composeLocked(
  { dependencies = {}, trigger_dependencies: byRole = {}, ...component }: LockedComponent,
  bytesOf: (digest: string) => Uint8Array,
): ComposedComponent {
  const { id, source, metadata } = component;
  const part = ({ source: own, export: wanted, inherit }: LockedDependency): ComposedDependency => ({
    bytes: bytesOf(own.digest ?? ""),
    export: wanted,
    ...(inherit === undefined ? {} : { inherit }),
  });
  const { middleware = [], ...others } = byRole;
  const [role] = Object.keys(others);
  const type = metadata?.["resolve-trigger-dependencies-using"] ?? "http";
  if (role !== undefined || (middleware.length > 0 && type !== "http")) {
    throw new SpinError(
      "ERR_SPIN_COMPOSE_MIDDLEWARE",
      `The component "${id}" has dependencies of a trigger of the type "${type}" as "${role ?? "middleware"}".`,
    );
  }
  const bytes = composeComponent({
    id,
    bytes: bytesOf(source.digest ?? ""),
    dependencies: new Map(Object.entries(dependencies).map(([name, it]) => [name, part(it)])),
    middleware: middleware.map(part),
  });
  const ref = contentRefOf(bytes);
  return {
    component: { ...component, source: { content_type: source.content_type, ...ref } },
    digest: ref.digest,
    bytes,
  };
}
