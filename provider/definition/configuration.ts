/** Settings of the provider as a whole: `spin:…` of a stack's configuration, or the arguments of an explicit provider. */
import { z } from "zod";
import { isRegistry, registryName } from "../../model/artifact/index.ts";

const registrySettings = z
  .strictObject({
    username: z.string().min(1).optional().describe("Goes with `password`."),
    password: z.string().min(1).optional().meta({ secret: true }).describe("A password or access token."),
    identityToken: z
      .string()
      .min(1)
      .optional()
      .meta({ secret: true })
      .describe("A refresh token, which the token server takes instead of user and password."),
    insecure: z
      .boolean()
      .optional()
      .describe("True: plain HTTP. False: never. Default: only for this machine's own addresses."),
    ca: z
      .string()
      .includes("-----BEGIN CERTIFICATE-----", "expected PEM text, which has -----BEGIN CERTIFICATE-----")
      .optional()
      .describe("PEM of authorities that are trusted besides the usual ones."),
  })
  .refine(({ username, password }) => (username === undefined) === (password === undefined), {
    message: "expected username and password together",
  })
  .refine(({ password, identityToken }) => password === undefined || identityToken === undefined, {
    message: "expected either a password or an identityToken",
  });

const registries = z.record(
  z.string().refine(isRegistry, "expected a registry as the key: host or host:port, for example ghcr.io"),
  registrySettings,
);

export const clusterSettings = z.strictObject({
  kubeconfig: z
    .string()
    .min(1)
    .optional()
    .meta({ secret: true })
    .describe("Path of a kubeconfig, or its text. Default: KUBECONFIG, else ~/.kube/config."),
  context: z.string().min(1).optional().describe("Default: the kubeconfig's current context."),
  namespace: z
    .string()
    .regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/, "expected a DNS label, for example shop")
    .optional()
    .describe("Namespace of what names none. Default: the context's, else default."),
  fieldManager: z
    .string()
    .min(1)
    .max(128)
    .optional()
    .describe("Who server-side apply says it is. Default: pulumi-spin."),
});

const verifySettings = z
  .strictObject({
    keys: z
      .array(z.string().min(1))
      .min(1)
      .optional()
      .describe("Public keys: paths relative to the project, or PEM text. Any one may have signed."),
    identities: z
      .array(
        z.strictObject({
          identity: z.string().min(1).describe("Whom the certificate names, letter by letter."),
          issuer: z.string().min(1).describe("Who vouches for that, as the certificate has it."),
        }),
      )
      .min(1)
      .optional()
      .describe("Identities of Sigstore's certificates. Any one may have signed."),
    trustedRoot: z
      .string()
      .min(1)
      .optional()
      .describe(
        "Path of a trusted_root.json, relative to the project: which authorities and logs to believe. Default: Sigstore's.",
      ),
  })
  .refine(({ keys, identities }) => keys !== undefined || identities !== undefined, {
    message: "expected keys, identities, or both",
  });

export const configurationSchema = z.object({
  hostDir: z
    .string()
    .min(1)
    .optional()
    .describe(
      "Folder of the bundled host, relative to the project, for deployments that name none. Default: PULUMI_SPIN_HOST_DIR, else the user's own.",
    ),
  registries: registries
    .optional()
    .meta({ secret: true })
    .describe(
      "How registries are reached, by host or host:port. Credentials that are not here are looked for where Docker and Spin keep them.",
    ),
  cluster: clusterSettings
    .optional()
    .meta({ secret: true })
    .describe("The Kubernetes cluster of deployments that name none."),
  verify: verifySettings
    .optional()
    .describe("Who must have signed what is deployed. Default: nobody. With it, only signed artifacts are."),
});

export type Configuration = z.infer<typeof configurationSchema>;

/** What the configuration says of a registry, whichever of its names stands there: `docker.io` or `index.docker.io`. */
export function registrySettingsOf(
  { registries = {} }: Configuration,
  registry: string,
): z.infer<typeof registrySettings> {
  const found = Object.entries(registries).find(([key]) => registryName(key) === registryName(registry));
  return found?.[1] ?? {};
}
