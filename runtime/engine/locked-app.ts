import { z } from "zod";
import type { StaticResponse } from "../../model/definition.ts";
import { SpinError } from "../../model/errors/index.ts";
import type { Json } from "../../model/json.ts";

/** What the engine runs of a locked application. */
export interface RunnableApp {
  name: string;
  version: string | undefined;
  variables: ReadonlyMap<string, { default?: string | undefined; secret?: boolean | undefined }>;
  components: RunnableComponent[];
  triggers: RunnableTrigger[];
}

export interface RunnableComponent {
  id: string;
  /** `sha256:<hex>` of the binary. */
  digest: string;
  environment: Record<string, string>;
  /** Name that the component sees → template over application variables. */
  variables: Record<string, string>;
  allowedOutboundHosts: string[];
  keyValueStores: string[];
}

export interface RunnableTrigger {
  /** `undefined` for a component that only others of the app may call. */
  route: string | undefined;
  target: { component: string } | { staticResponse: StaticResponse };
}

const strings = z.record(z.string(), z.string()).default({});

const component = z.object({
  id: z.string().min(1),
  metadata: z
    .object({ allowed_outbound_hosts: z.array(z.string()), key_value_stores: z.array(z.string()) })
    .partial()
    .default({}),
  source: z.object({ digest: z.string() }),
  env: strings,
  config: strings,
});

const trigger = z.object({
  trigger_type: z.literal("http"),
  trigger_config: z.object({
    route: z.union([z.string(), z.object({ private: z.literal(true) })]),
    component: z.string().optional(),
    static_response: z
      .object({
        status_code: z.int().min(200).max(999).default(200),
        headers: strings,
        body: z.string().optional(),
      })
      .optional(),
  }),
});

const lockedApp = z.object({
  spin_lock_version: z.union([z.literal(0), z.literal(1)]),
  // Unknown entries here must not be passed over (crates/locked-app).
  must_understand: z.array(z.enum(["host_requirements", "component_host_requirements"])).default([]),
  metadata: z.object({ name: z.string().min(1), version: z.string().optional() }),
  variables: z
    .record(z.string(), z.object({ default: z.string().optional(), secret: z.boolean().optional() }))
    .default({}),
  triggers: z.array(trigger),
  components: z.array(component),
});

/** Reads Spin's locked application as far as this host serves it; ERR_SPIN_RUNTIME_LOCKED_APP says all that is wrong. */
export function parseLockedApp(json: { [key: string]: Json }): RunnableApp {
  const { success, data, error } = lockedApp.safeParse(json);
  if (!success) {
    const problems = error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
    throw new SpinError(
      "ERR_SPIN_RUNTIME_LOCKED_APP",
      `The locked application cannot be run: ${problems.join("; ")}.`,
    );
  }
  const ids = new Set(data.components.map(({ id }) => id));
  return {
    name: data.metadata.name,
    version: data.metadata.version,
    variables: new Map(Object.entries(data.variables)),
    components: data.components.map(({ id, metadata, source, env, config }) => ({
      id,
      digest: source.digest,
      environment: env,
      variables: config,
      allowedOutboundHosts: metadata.allowed_outbound_hosts ?? [],
      keyValueStores: metadata.key_value_stores ?? [],
    })),
    triggers: data.triggers.map(({ trigger_config: config }, index) => runnableTrigger(config, index, ids)),
  };
}

function runnableTrigger(
  { route, component: id, static_response: answer }: z.infer<typeof trigger>["trigger_config"],
  index: number,
  ids: ReadonlySet<string>,
): RunnableTrigger {
  const path = `triggers[${index}]`;
  const text = typeof route === "string" ? route : undefined;
  if (id !== undefined && answer === undefined) {
    if (ids.has(id)) return { route: text, target: { component: id } };
    throw new SpinError(
      "ERR_SPIN_RUNTIME_LOCKED_APP",
      `${path} leads to "${id}", which is no component of it.`,
      { path },
    );
  }
  if (id === undefined && answer !== undefined) {
    const { status_code: statusCode, headers, body } = answer;
    return {
      route: text,
      target: { staticResponse: { statusCode, headers, ...(body === undefined ? {} : { body }) } },
    };
  }
  const message = `${path} must have exactly one of component and static_response.`;
  throw new SpinError("ERR_SPIN_RUNTIME_LOCKED_APP", message, { path });
}
