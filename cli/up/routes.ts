import type { LockedApp } from "../../model/locked-app/index.ts";

/** A route as Spin's `up` tells of it. */
export interface ShownRoute {
  id: string;
  route: string;
  wildcard: boolean;
  description?: string;
}

/** The routes that answer, in the order of the manifest; private ones have no address. */
export function routesOf({ triggers, components }: LockedApp): ShownRoute[] {
  return triggers.flatMap(({ id, trigger_type: type, trigger_config: { route, component } }) => {
    if (type !== "http" || typeof route !== "string") return [];
    const description = components.find((it) => it.id === component)?.metadata?.description;
    const path = `/${route.replace(/^\//, "")}`;
    return {
      id: typeof component === "string" ? component : id,
      route: path.replace(/\/(?:\.\.\.|\*)$/, "") || "/",
      wildcard: /\/(?:\.\.\.|\*)$/.test(path),
      ...(description === undefined ? {} : { description }),
    };
  });
}

/** As `spin up` prints them. */
export function renderRoutes(url: string, routes: readonly ShownRoute[]): string {
  const lines = routes.map(({ id, route, wildcard, description }) => {
    const head = `  ${id}: ${url}${route === "/" ? "" : route}${wildcard ? " (wildcard)" : ""}`;
    return description === undefined ? head : `${head}\n    ${description}`;
  });
  return `Serving ${url}\nAvailable Routes:\n${lines.join("\n")}\n`;
}
