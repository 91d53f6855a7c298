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

/** What is wrong with a pattern, as the end of a sentence. Spin takes all of these, and they match nothing or too little. */
export function routeProblem(pattern: string): string | undefined {
  if (pattern === "") return 'is empty; write "/" for the root, or "/..." for everything';
  if (/[?#\s]/.test(pattern)) return "has a query, a fragment or a blank; a route is a path alone";
  if (pattern.includes("//")) return "has an empty segment";
  const { segments } = parseRoute(pattern);
  const wildcard = segments.some((segment) => segment.kind === "exact" && /^(\.\.\.|\*)$/.test(segment.text));
  return wildcard ? "has a wildcard before its end" : namesProblem(segments);
}

/** Each parameter becomes a header `spin-path-match-<name>`, in lower case and with `-` for `_`. */
function namesProblem(segments: RouteSegment[]): string | undefined {
  const names = segments.flatMap((segment) => (segment.kind === "named" ? [segment.name] : []));
  if (names.includes("")) return 'has ":" without a name';
  const odd = names.find((name) => !/^[\w-]+$/.test(name));
  if (odd !== undefined) return `names ":${odd}"; a name has letters, digits, "-" and "_"`;
  const headers = names.map((name) => name.toLowerCase().replaceAll("_", "-"));
  const repeated = names.find((_, index) => headers.indexOf(headers[index] ?? "") !== index);
  return repeated === undefined ? undefined : `names ":${repeated}" twice`;
}

/** The host answers `/.well-known/spin/…` itself, before it looks at routes. */
export function isReservedRoute(pattern: string): boolean {
  const key = routeKey(pattern);
  return key === "/.well-known/spin" || key.startsWith("/.well-known/spin/");
}
