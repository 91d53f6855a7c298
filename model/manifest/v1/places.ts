/** Where things of version 1 stand that have another place in version 2. */
import { pathAt, pathParts, pathTo } from "../../toml/index.ts";
import { componentId, databases } from "./from-v1.ts";

type Part = string | number;
interface Written {
  component?: { id: string; allowed_outbound_hosts?: string[] }[];
}

/**
 * The path in a text of version 1 of what has `path` in what `fromV1` makes of it. `data` is the parsed text, of the
 * right shape.
 */
export function v1Path(path: string, data: Record<string, unknown>): string {
  const { component: list = [] } = data as Written;
  return moved(pathParts(path), list).reduce<string>(
    (at, part) => (typeof part === "number" ? pathAt(at, part) : pathTo(at, part)),
    "",
  );
}

function moved(parts: Part[], list: NonNullable<Written["component"]>): Part[] {
  const [first, second, third, ...rest] = parts;
  if (first === "application") return second === "trigger" ? ["trigger", ...rest] : parts.slice(1);
  if (first === "trigger" && typeof third === "number") return ofTrigger(third, rest);
  if (first !== "component" || second === undefined) return parts;
  // The last of equal ids is the one that counts.
  const index = list.findLastIndex(({ id }) => componentId(id) === second);
  const key = third === undefined ? undefined : ofComponent(third, rest, list[index]?.allowed_outbound_hosts);
  return ["component", index, ...(key ?? ["id"])];
}

/** `trigger.http[0].route` is `component[0].trigger.route`. */
function ofTrigger(index: number, rest: Part[]): Part[] {
  const isId = rest.length === 0 || rest[0] === "component" || rest[0] === "id";
  return ["component", index, ...(isId ? ["id"] : ["trigger", ...rest])];
}

function ofComponent(key: Part, rest: Part[], hosts: string[] | undefined): Part[] {
  if (key === "variables") return ["config", ...rest];
  if (key !== "allowed_outbound_hosts" || typeof rest[0] !== "number") return [key, ...rest];
  // Entries of `allowed_http_hosts` come behind, two for each.
  const isOld = rest[0] >= (hosts ?? databases).length;
  return isOld ? ["allowed_http_hosts"] : [key, ...rest];
}
