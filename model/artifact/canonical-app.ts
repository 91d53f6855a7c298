import { SpinError } from "../errors/index.ts";
import { byCodeUnit } from "../json.ts";
import type { ContentRef, LockedApp, LockedComponent, LockedDependency } from "../locked-app/index.ts";
import { isPortablePath } from "./file-path.ts";

/**
 * The locked application as it travels: content by digest alone, no origin, components and files in one order however
 * they were found. Triggers keep their order, since of two equal routes one wins. ERR_SPIN_ARTIFACT_PATH.
 */
export function canonicalApp(lockedApp: LockedApp): LockedApp {
  const { origin: _here, ...metadata } = lockedApp.metadata;
  return {
    ...lockedApp,
    metadata,
    components: lockedApp.components.map(canonicalComponent).sort((a, b) => byCodeUnit(a.id, b.id)),
  };
}

function canonicalComponent(component: LockedComponent): LockedComponent {
  const { source, files, dependencies, trigger_dependencies: byRole } = component;
  const problem = files?.find(({ path }) => !isPortablePath(path));
  if (problem !== undefined) {
    throw new SpinError(
      "ERR_SPIN_ARTIFACT_PATH",
      `The file "${problem.path}" of the component "${component.id}" has a path that no host takes.`,
    );
  }
  return {
    ...component,
    source: { content_type: source.content_type, ...travelling(source) },
    ...(files === undefined
      ? {}
      : {
          files: files
            .map((file) => ({ ...travelling(file), path: file.path }))
            .sort((a, b) => byCodeUnit(a.path, b.path)),
        }),
    ...(dependencies === undefined ? {} : { dependencies: mapValues(dependencies, canonicalDependency) }),
    ...(byRole === undefined
      ? {}
      : { trigger_dependencies: mapValues(byRole, (list) => list.map(canonicalDependency)) }),
  };
}

function canonicalDependency({ source, ...rest }: LockedDependency): LockedDependency {
  return { source: { content_type: source.content_type, ...travelling(source) }, ...rest };
}

/** Without the place on this machine. */
function travelling({ inline, digest }: ContentRef): ContentRef {
  return { ...(inline === undefined ? {} : { inline }), ...(digest === undefined ? {} : { digest }) };
}

function mapValues<T, U>(record: Record<string, T>, map: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}
