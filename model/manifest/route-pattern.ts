/** Route patterns (crates/routes/src/lib.rs): `/exact`, `/users/:id`, `/files/...`. */

/** The pattern with a leading slash and without one trailing slash, as Spin shows it. */
export function absoluteRoute(pattern: string): string {
  const absolute = pattern.startsWith("/") ? pattern : `/${pattern}`;
  return absolute.endsWith("/") ? absolute.slice(0, -1) : absolute;
}

export interface RoutePattern {
  segments: RouteSegment[];
  /** Ends in `/...` or `/*`: anything below matches too. */
  isWildcard: boolean;
}

export type RouteSegment = { kind: "exact"; text: string } | { kind: "named"; name: string };

/** Cuts a pattern into its segments. Every text is a pattern; `routeProblem` says which make no sense. */
export function parseRoute(pattern: string): RoutePattern {
  const absolute = absoluteRoute(pattern);
  const isWildcard = absolute.endsWith("/...") || absolute.endsWith("/*");
  const path = isWildcard ? absolute.slice(0, absolute.lastIndexOf("/")) : absolute;
  const segments = path.split("/").filter((segment) => segment !== "");
  return {
    segments: segments.map((segment) =>
      segment.startsWith(":") ? { kind: "named", name: segment.slice(1) } : { kind: "exact", text: segment },
    ),
    isWildcard,
  };
}

/** Equal for patterns that match the same paths, whatever their parameters are called. */
export function routeKey(pattern: string): string {
  const { segments, isWildcard } = parseRoute(pattern);
  const texts = segments.map((segment) => (segment.kind === "named" ? ":" : segment.text));
  return `/${[...texts, ...(isWildcard ? ["..."] : [])].join("/")}`;
}

/** What is wrong with a pattern, as the end of a sentence. */
export function routeProblem(pattern: string): string | undefined {
  if (/[?#\s]/.test(pattern)) return "has a query, a fragment or a blank; a route is a path alone";
  if (pattern.includes("//")) return "has an empty segment";
  const { segments } = parseRoute(pattern);
  const names = segments.flatMap((segment) => (segment.kind === "named" ? [segment.name] : []));
  if (names.includes("")) return 'has ":" without a name';
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated !== undefined) return `names ":${repeated}" twice`;
  const wildcard = segments.some(
    (segment) => segment.kind === "exact" && (segment.text === "..." || segment.text === "*"),
  );
  return wildcard ? "has a wildcard before its end" : undefined;
}

/** The host answers `/.well-known/spin/…` itself, before it looks at routes. */
export function isReservedRoute(pattern: string): boolean {
  const key = routeKey(pattern);
  return key === "/.well-known/spin" || key.startsWith("/.well-known/spin/");
}
