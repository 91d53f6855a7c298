import { issue } from "../../errors/index.ts";
import { parseRoute, routeKey } from "../../manifest/route-pattern.ts";
import { pathAt } from "../../toml/index.ts";
import { findingOf } from "../finding.ts";
import type { Check } from "../subject.ts";

/**
 * Wildcards that nothing reaches: `/a/...` beside `/a` and `/a/:name/...`, which Spin prefers (routefinder:
 * exact before named before wildcard). Equal routes are found with the manifest's own issues.
 */
export const shadowedRoutes: Check = ({ manifest }) => {
  const routes = (manifest.trigger["http"] ?? []).flatMap(({ route }, index) =>
    typeof route === "string" ? [{ route, path: `${pathAt("trigger.http", index)}.route` }] : [],
  );
  const byKey = new Map(routes.map((it) => [routeKey(it.route), it]));
  return routes.flatMap(({ route, path }) => {
    if (!parseRoute(route).isWildcard) return [];
    const base = routeKey(route).replace(/\/\.\.\.$/, "");
    const [exact, named] = [byKey.get(base === "" ? "/" : base), byKey.get(`${base}/:/...`)];
    if (exact === undefined || named === undefined) return [];
    const message = `The route "${route}" is never taken: "${exact.route}" and "${named.route}" match all that it matches.`;
    return [
      findingOf(issue("ERR_SPIN_ROUTE_SHADOWED", path, message, { severity: "warning" }), {
        why: "Spin prefers what is exact to a parameter, and a parameter to a wildcard, whatever comes first in the file.",
      }),
    ];
  });
};
