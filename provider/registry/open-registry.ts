import type { Reference } from "../../model/artifact/index.ts";
import type { Repository } from "../../registry/client/index.ts";
import type { Context } from "../definition/context.ts";
import type { Transport } from "./access.ts";

export type OpenRepository = (
  reference: Reference,
  access: "pull" | "push",
  transport?: Transport,
) => Repository;

/** Does the work with repositories that are closed at its end. */
export async function withRegistries<T>(
  { configuration, signal }: Pick<Context, "configuration" | "signal">,
  work: (open: OpenRepository) => Promise<T>,
): Promise<T> {
  // Loaded when it is needed: most programs speak to no registry.
  const { openRegistry } = await import("./client.ts");
  const clients: { close(): Promise<void> }[] = [];
  const open: OpenRepository = (reference, access, transport) => {
    const client = openRegistry(reference.registry, configuration, signal, transport);
    clients.push(client);
    return client.repository(reference, access);
  };
  try {
    return await work(open);
  } finally {
    await Promise.all(clients.map((client) => client.close()));
  }
}
