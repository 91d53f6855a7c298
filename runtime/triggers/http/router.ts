import { parseRoute, type RouteSegment } from "../../../model/manifest/route-pattern.ts";

export interface RouteMatch<Target> {
  target: Target;
  /** What a trailing wildcard stands for: "" or text with a leading slash; "" for other routes. */
  wildcard: string;
  /** Values of `:name` segments, in order; not percent-decoded. */
  captures: [name: string, value: string][];
}

/**
 * Finds the route for a path with Spin's precedence: segment by segment exact before named before wildcard, so that the
 * longer prefix wins. The cost follows the length of the path, not the number of routes.
 */
export class Router<Target> {
  readonly #root = new Node<Target>();

  /** Of two routes that match the same paths the later one counts. */
  constructor(routes: Iterable<readonly [pattern: string, target: Target]>) {
    for (const [pattern, target] of routes) this.#add(pattern, target);
  }

  /** `path` is as received: no query, not decoded. */
  match(path: string): RouteMatch<Target> | undefined {
    const trimmed = path.replace(/^\/+/, "");
    const bare = trimmed.endsWith("/") ? trimmed.slice(0, -1) : trimmed;
    const segments = bare === "" ? [] : bare.split("/");
    const values: string[] = [];
    const found = search(this.#root, segments, 0, values);
    if (found === undefined) return undefined;
    const { leaf, depth } = found;
    const rest = segments.slice(depth).join("/");
    const slash = path.endsWith("/") ? "/" : "";
    return {
      target: leaf.target,
      wildcard: found.isWildcard ? (rest === "" ? slash : `/${rest}${slash}`) : "",
      captures: leaf.names.map((name, index) => [name, values[index] ?? ""]),
    };
  }

  #add(pattern: string, target: Target): void {
    const { segments, isWildcard } = parseRoute(pattern);
    const node = segments.reduce((parent, segment) => parent.child(segment), this.#root);
    const names = segments.flatMap((segment) => (segment.kind === "named" ? [segment.name] : []));
    if (isWildcard) node.wildcard = { target, names };
    else node.exact = { target, names };
  }
}

interface Leaf<Target> {
  target: Target;
  names: string[];
}

class Node<Target> {
  readonly children = new Map<string, Node<Target>>();
  named: Node<Target> | undefined;
  exact: Leaf<Target> | undefined;
  wildcard: Leaf<Target> | undefined;

  child(segment: RouteSegment): Node<Target> {
    if (segment.kind === "named") return (this.named ??= new Node());
    const known = this.children.get(segment.text) ?? new Node<Target>();
    this.children.set(segment.text, known);
    return known;
  }
}

interface Found<Target> {
  leaf: Leaf<Target>;
  isWildcard: boolean;
  /** Segments before the wildcard. */
  depth: number;
}

/** `values` holds the captures of the way that was found. */
function search<Target>(
  node: Node<Target>,
  segments: readonly string[],
  depth: number,
  values: string[],
): Found<Target> | undefined {
  const segment = segments[depth];
  if (segment === undefined) {
    if (node.exact !== undefined) return { leaf: node.exact, isWildcard: false, depth };
  } else {
    const exact = node.children.get(segment);
    const byText = exact === undefined ? undefined : search(exact, segments, depth + 1, values);
    if (byText !== undefined) return byText;
    if (node.named !== undefined && segment !== "") {
      const mark = values.push(segment);
      const byName = search(node.named, segments, depth + 1, values);
      if (byName !== undefined) return byName;
      values.length = mark - 1;
    }
  }
  return node.wildcard === undefined ? undefined : { leaf: node.wildcard, isWildcard: true, depth };
}
