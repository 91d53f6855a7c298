/** Composes a component with its dependencies, as Spin does (crates/compose, crates/trigger-http/src/middleware.rs). */
import { SpinError } from "../errors/index.ts";
import { type DependencyName, parseDependencyName } from "../manifest/dependency-name.ts";
import { composeParts } from "./compose-parts.ts";
import type { Inheritance } from "./deny/capability-sets.ts";
import { withoutRights } from "./deny/deny.ts";
import { interfaceId, onTrack } from "./names.ts";
import { namesIn, type Part, partOf } from "./part.ts";

export interface ComposedDependency {
  bytes: Uint8Array;
  /** The export that satisfies the import, where it has another name. */
  export?: string | null;
  inherit?: Inheritance;
}

export interface Composition {
  /** Component id, for messages. */
  id: string;
  bytes: Uint8Array;
  /** By the names that spin.toml gives them. */
  dependencies: ReadonlyMap<string, ComposedDependency>;
  /** HTTP middleware, the outermost first. */
  middleware: readonly ComposedDependency[];
}

const handler = "wasi:http/handler@0.3.0";

/**
 * The component that takes the place of all of them; its own bytes when there is nothing to compose. Equal input gives equal
 * bytes. ERR_SPIN_COMPOSE_*, ERR_SPIN_WASM_*.
 */
export function composeComponent({ id, bytes, dependencies, middleware }: Composition): Uint8Array {
  if (dependencies.size === 0 && middleware.length === 0) return bytes;
  const label = `the component "${id}"`;
  const bare = partOf(label, bytes);
  const parts: Part[] = [];
  const args = new Map<string, { part: Part; name: string }>();
  for (const [name, imports] of matched(bare, dependencies)) {
    const dependency = dependencies.get(name);
    if (dependency === undefined) continue;
    const own = withoutRights(
      partOf(`the dependency "${name}" of ${label}`, dependency.bytes),
      dependency.inherit,
    );
    parts.push(...own);
    const part = own.at(-1) ?? bare;
    for (const imported of imports)
      args.set(imported, { part, name: exportFor(imported, part, dependency.export) });
  }
  const main: Part = { ...bare, args };
  parts.push(main);
  if (middleware.length === 0) return composeParts(parts, main, namesIn(main, "export"));
  const outermost = chain(main, middleware, parts);
  return composeParts(parts, outermost, [handler]);
}

/** The imports that each dependency is for. */
function matched(component: Part, dependencies: Composition["dependencies"]): Map<string, string[]> {
  const imports = namesIn(component, "import");
  const claims = new Map<string, string[]>();
  const matches = new Map<string, string[]>();
  for (const name of dependencies.keys()) {
    const parsed = parseDependencyName(name);
    const found = imports.filter((imported) => parsed !== undefined && isFor(parsed, imported));
    if (found.length === 0) {
      const known = imports.map((it) => `"${it}"`).join(", ") || "nothing";
      throw new SpinError(
        "ERR_SPIN_COMPOSE_UNMATCHED",
        `The dependency "${name}" is no import of ${component.label}, which imports ${known}.`,
      );
    }
    matches.set(name, found);
    for (const imported of found) claims.set(imported, [...(claims.get(imported) ?? []), name]);
  }
  for (const [imported, names] of claims) {
    if (names.length < 2) continue;
    throw new SpinError(
      "ERR_SPIN_COMPOSE_CONFLICT",
      `The import "${imported}" of ${component.label} would be satisfied by the dependencies ${names.map((it) => `"${it}"`).join(" and ")}.`,
    );
  }
  return matches;
}

/** Whether a dependency of that name gives an import; a version has to be the very one. */
function isFor(name: DependencyName, imported: string): boolean {
  if (name.kind === "plain") return name.name === imported;
  const { path, version } = interfaceId(imported);
  const [pack, inner] = path.split("/");
  if (pack !== `${name.namespace}:${name.name}` || inner === undefined) return false;
  if (name.interface !== undefined && name.interface !== inner) return false;
  return name.version === undefined || name.version.text === version?.text;
}

/** The export that is named, else the one of the import's name, else one of another version on its track. */
function exportFor(imported: string, part: Part, wanted?: string | null): string {
  const exports = namesIn(part, "export");
  const name = wanted ?? onTrack(imported, new Map(exports.map((it) => [it, it])))?.[0];
  if (name !== undefined && exports.includes(name)) return name;
  const known = exports.map((it) => `"${it}"`).join(", ") || "nothing";
  const said = typeof wanted === "string" ? ` for the import "${imported}"` : "";
  throw new SpinError(
    "ERR_SPIN_COMPOSE_EXPORT",
    `${part.label.charAt(0).toUpperCase()}${part.label.slice(1)} does not export "${wanted ?? imported}"${said}; it exports ${known}.`,
  );
}

/** Each gets the one before it as the handler that it calls. */
function chain(main: Part, middleware: readonly ComposedDependency[], parts: Part[]): Part {
  let inner = main;
  expectHandler(main, "export");
  for (const [index, { bytes, inherit }] of [...middleware.entries()].toReversed()) {
    const bare = partOf(`the middleware ${index + 1} of ${main.label}`, bytes);
    for (const kind of ["import", "export"] as const) expectHandler(bare, kind);
    const own = withoutRights(bare, inherit);
    const last = own.pop() ?? bare;
    inner = { ...last, args: new Map([...last.args, [handler, { part: inner, name: handler }]]) };
    parts.push(...own, inner);
  }
  return inner;
}

function expectHandler(part: Part, kind: "import" | "export"): void {
  if (namesIn(part, kind).includes(handler)) return;
  throw new SpinError(
    "ERR_SPIN_COMPOSE_MIDDLEWARE",
    `${part.label.charAt(0).toUpperCase()}${part.label.slice(1)} does not ${kind} "${handler}", which middleware is chained by.`,
  );
}
