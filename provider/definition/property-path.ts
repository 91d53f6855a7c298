export type PropertyPath = readonly (string | number)[];

/** `["routes", 1, "route"]` → `routes[1].route`, as Pulumi writes property paths; a key that is no name is quoted. */
export function formatPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === "number") return `${text}[${key}]`;
    const name = String(key);
    if (!/^[\w$-]+$/.test(name)) return `${text}[${JSON.stringify(name)}]`;
    return text === "" ? name : `${text}.${name}`;
  }, "");
}

/** The same with `[*]` for every index: what stands for all paths of that form. */
export function formatPattern(path: PropertyPath): string {
  return formatPath(path).replaceAll(/\[\d+\]/g, "[*]");
}
