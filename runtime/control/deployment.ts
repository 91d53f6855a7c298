import { z } from "zod";
import { SpinError } from "../../model/errors/index.ts";
import { canonicalJson, type Json } from "../../model/json.ts";
import { lockedAppDigest } from "../../model/locked-app/index.ts";
import { limitsShape } from "../admin/limits.ts";
import type { Deployment, VariableEdit } from "../admin/protocol.ts";
import type { DesiredApp } from "./store.ts";

const deploymentShape = z.object({
  lockedApp: z.record(z.string(), z.unknown()),
  listen: z.string(),
  variables: z.record(z.string(), z.string()),
  health: z.object({ path: z.string().startsWith("/"), timeoutMs: z.int().positive() }).optional(),
  limits: limitsShape.optional(),
  owner: z.string().min(1).max(200).optional(),
  waitForReady: z.boolean().optional(),
});
const editShape = z.object({ name: z.string(), value: z.string() });

/** The body of `PUT /v1/apps/{app}`; throws ERR_SPIN_HOST_REQUEST with every property that is wrong. */
export function parseDeployment(body: unknown): Deployment {
  const { lockedApp, health, limits, owner, waitForReady, ...wanted } = parse(deploymentShape, body);
  return {
    ...wanted,
    lockedApp: lockedApp as { [key: string]: Json },
    ...(health && { health }),
    ...(limits && { limits }),
    ...(owner !== undefined && { owner }),
    ...(waitForReady !== undefined && { waitForReady }),
  };
}

export function parseEdit(body: unknown): VariableEdit {
  return parse(editShape, body);
}

/** The name becomes a folder, so nothing that leads out of one. */
export function checkName(app: string): void {
  if (/^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$/.test(app)) return;
  const message = `"${app.slice(0, 100)}" cannot be the name of an app on a host.`;
  throw new SpinError("ERR_SPIN_HOST_NAME", message, { path: "name" });
}

/** Values only for what the app declares: a misspelt name must not pass in silence. */
export function checkVariables(
  app: string,
  { lockedApp, variables }: Pick<Deployment, "lockedApp" | "variables">,
): void {
  const declared = Object.keys((lockedApp["variables"] ?? {}) as object);
  const unknown = Object.keys(variables).filter((name) => !declared.includes(name));
  if (unknown.length === 0) return;
  const known = declared.length === 0 ? "none" : declared.join(", ");
  const message = `The app "${app}" does not declare ${unknown.join(", ")}; it declares ${known}.`;
  throw new SpinError("ERR_SPIN_HOST_VARIABLE", message, { path: "variables" });
}

/** Whether the app already is what the deployment asks for, running or not. */
export function isSame(
  former: DesiredApp,
  { lockedApp, listen, variables, limits = {} }: Deployment,
): boolean {
  return (
    former.digest === lockedAppDigest(lockedApp) &&
    former.listen === listen &&
    canonicalJson(former.variables) === canonicalJson(variables) &&
    canonicalJson(former.limits) === canonicalJson(limits)
  );
}

/** ERR_SPIN_HOST_REQUEST with every property that is wrong. */
export function parse<T>(shape: z.ZodType<T>, body: unknown): T {
  const { success, data, error } = shape.safeParse(body);
  if (success) return data;
  // Paths and expectations only: a value may be a secret.
  const problems = error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
  throw new SpinError("ERR_SPIN_HOST_REQUEST", `The request cannot be read: ${problems.join("; ")}.`);
}
