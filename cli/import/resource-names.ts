import type { RouteDefinition, TriggerDefinition } from "../../model/definition.ts";

/** Names of resources: each once among its kind. */
export class ResourceNames {
  readonly #taken = new Set<string>();

  give(text: string): string {
    for (let count = 1; ; count++) {
      const name = count === 1 ? text : `${text}-${count}`;
      if (this.#taken.has(name)) continue;
      this.#taken.add(name);
      return name;
    }
  }
}

export function routeName({ route, component }: RouteDefinition): string {
  if (typeof route !== "string") return `${component ?? "private"}-private`;
  const words = route.match(/[A-Za-z0-9]+/g) ?? [];
  if (words.length > 0) return words.join("-");
  return route.includes("...") || route.includes("*") ? "all" : "root";
}

export function triggerName({ type, id, component, settings = {} }: TriggerDefinition): string {
  const { channel } = settings;
  const words = (typeof channel === "string" ? channel : (id ?? `${component ?? ""} ${type}`)).match(
    /[A-Za-z0-9]+/g,
  );
  return words?.join("-") ?? type;
}
