/** What a locked application is made of besides itself: binaries and files, by digest. */
import { SpinError } from "../errors/index.ts";
import type { ContentRef, LockedApp, LockedComponent, LockedDependency } from "../locked-app/index.ts";
import { isDigest } from "../digest.ts";
import { mediaTypes } from "./media-types.ts";

export interface AppContent {
  digest: string;
  mediaType: string;
  /** What it is, for messages. */
  role: string;
  componentId: string;
}

/** Registries limit the layers of a manifest; 500 is the lowest limit known (ECR), and one is the locked application. */
const mostContentLayers = 499;

/** Whether files must travel as one archive for each component. */
export function needsArchives(lockedApp: LockedApp): boolean {
  return distinct(layerContent(lockedApp)).length > mostContentLayers;
}

/**
 * What becomes a layer, in the order of the locked application: binaries always, since hosts find them by digest alone;
 * files unless they are inline. Without what is there twice.
 */
export function layerContent(lockedApp: LockedApp, { isArchived = false } = {}): AppContent[] {
  return distinct(
    lockedApp.components.flatMap((component) => [
      ...wasmContent(component),
      ...(isArchived ? [] : fileContent(component)),
    ]),
  );
}

/** The files of a component that are not inline. */
export function fileContent({ id, files = [] }: LockedComponent): AppContent[] {
  return files
    .filter(({ inline }) => inline === undefined)
    .map((file) => contentOf(file, mediaTypes.spinData, `The file "${file.path}"`, id));
}

function wasmContent(component: LockedComponent): AppContent[] {
  const { id, source, dependencies = {}, trigger_dependencies: byRole = {} } = component;
  const named: [string, LockedDependency][] = [
    ...Object.entries(dependencies),
    ...Object.entries(byRole).flatMap(([role, list]) =>
      list.map((it): [string, LockedDependency] => [role, it]),
    ),
  ];
  return [
    contentOf(source, mediaTypes.spinWasm, "The source", id),
    ...named.map(([name, it]) => contentOf(it.source, mediaTypes.spinWasm, `The dependency "${name}"`, id)),
  ];
}

function contentOf(ref: ContentRef, mediaType: string, role: string, componentId: string): AppContent {
  const { digest } = ref;
  if (digest !== undefined && isDigest(digest)) return { digest, mediaType, role, componentId };
  throw new SpinError(
    "ERR_SPIN_ARTIFACT_CONTENT",
    `${role} of the component "${componentId}" has ${digest === undefined ? "no digest" : `"${digest}", which is no digest`}.`,
  );
}

function distinct(list: AppContent[]): AppContent[] {
  const known = new Map<string, AppContent>();
  for (const it of list) {
    const key = `${it.mediaType} ${it.digest}`;
    if (!known.has(key)) known.set(key, it);
  }
  return [...known.values()];
}
