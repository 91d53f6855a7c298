import { readFile } from "node:fs/promises";
import { SpinError } from "../../model/errors/index.ts";
import { RegistryClient, type RegistryOptions } from "../../registry/client/index.ts";
import type { CommandLine } from "../command.ts";

/** What every command that speaks to a registry takes. `-k` is Spin's letter for plain HTTP. */
export const registryFlags = {
  flags: ["insecure"],
  options: ["ca-file"],
  letters: { k: "insecure" },
} as const;

export const registryUsage = "[--insecure] [--ca-file FILE]";

/** Runs the work with a client of the command line's settings, and closes it. */
export async function withRegistries<T>(
  { flags, options }: CommandLine,
  work: (client: RegistryClient) => Promise<T>,
  settings: RegistryOptions = {},
): Promise<T> {
  const caFile = options.get("ca-file");
  const ca = caFile === undefined ? undefined : await readAuthority(caFile);
  const client = new RegistryClient({
    ...settings,
    ...(flags.has("insecure") ? { insecure: true } : {}),
    // Whoever names an authority means TLS, on this machine too.
    ...(ca === undefined ? {} : { ca, ...(flags.has("insecure") ? {} : { insecure: false }) }),
  });
  try {
    return await work(client);
  } finally {
    await client.close();
  }
}

async function readAuthority(file: string): Promise<string> {
  const text = await readFile(file, "utf8").catch(() => "");
  if (text.includes("-----BEGIN CERTIFICATE-----")) return text;
  throw new SpinError("ERR_SPIN_REGISTRY_TLS", `${file} cannot be read, or has no certificate in PEM.`, {
    hint: "Give the file of the authority's certificate: -----BEGIN CERTIFICATE-----, and so on.",
  });
}
