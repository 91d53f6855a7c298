import { z } from "zod";
import { parseReference } from "../../model/artifact/index.ts";
import type { ArtifactDefinition } from "../../model/definition.ts";
import type { FunctionDefinition } from "../definition/function.ts";
import { withRegistries } from "../registry/open-registry.ts";
import { readArtifactDefinition } from "../registry/remote-artifact.ts";

export const getArtifact = {
  token: "spin:index:getArtifact",
  description:
    "An application in a registry, whoever pushed it. A tag is resolved to the digest that it has now: what is deployed with the result is that digest.",
  inputs: z.strictObject({
    reference: z.string().describe("`registry/repository:tag` or `registry/repository@sha256:<hex>`."),
    insecure: z.boolean().optional().describe("True: plain HTTP. Default: the provider's `registries`."),
    ca: z.string().optional().describe("PEM of authorities. Default: the provider's `registries`."),
  }),
  outputs: z.object({
    reference: z.string().describe("`registry/repository@sha256:<hex>`."),
    digest: z.string().describe("`sha256:<hex>` of the manifest."),
    size: z.int().describe("Bytes of the manifest and of all that it names."),
    definition: z.custom<ArtifactDefinition>().describe("What a deployment takes."),
  }),
  async invoke({ reference: text, insecure, ca }, context) {
    const asked = parseReference(text);
    const definition = await withRegistries(context, (open) =>
      readArtifactDefinition(open(asked, "pull", { insecure, ca }), asked),
    );
    const { reference, digest, size } = definition;
    return { reference, digest, size, definition };
  },
} satisfies FunctionDefinition as FunctionDefinition;
