/** The tool chain of a binary, as its producers sections tell it (tool-conventions, ProducersSection.md). */
import * as Enums from "@cyclonedx/cyclonedx-library/Enums";
import * as Models from "@cyclonedx/cyclonedx-library/Models";
import type { WasmSummary } from "../wasm/index.ts";

/** Languages stand as a property; tools were not shipped, and are excluded; an SDK is part of what it made. */
export function addProducers(
  component: Models.Component,
  summary: WasmSummary | undefined,
  once: (ref: string, make: () => Models.Component) => Models.Component,
): void {
  const { producers = {}, kind } = summary ?? {};
  if (kind !== undefined) component.properties.add(new Models.Property("wasm:kind", kind));
  for (const language of producers["language"] ?? [])
    component.properties.add(new Models.Property("wasm:language", language));
  for (const tool of producers["processed-by"] ?? [])
    component.dependencies.add(
      once(`tool:${tool}`, () => toolOf(tool, Enums.ComponentScope.Excluded)).bomRef,
    );
  for (const sdk of producers["sdk"] ?? [])
    component.dependencies.add(once(`sdk:${sdk}`, () => toolOf(sdk, Enums.ComponentScope.Required)).bomRef);
}

/** `wit-component 0.202.0` */
function toolOf(text: string, scope: Enums.ComponentScope): Models.Component {
  const [, name = text, version] = /^(\S+)\s+(.+)$/s.exec(text) ?? [];
  const isTool = scope === Enums.ComponentScope.Excluded;
  return new Models.Component(isTool ? Enums.ComponentType.Application : Enums.ComponentType.Library, name, {
    bomRef: `${isTool ? "tool" : "sdk"}:${text}`,
    scope,
    ...(version === undefined ? {} : { version }),
  });
}
