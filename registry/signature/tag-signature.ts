/** A signature in the form of cosign 1 and 2: one more layer of the image under the tag `sha256-<hex>.sig`. */
import {
  type Descriptor,
  descriptorOf,
  mediaTypes,
  parseImageManifest,
  writeImageManifest,
} from "../../model/artifact/index.ts";
import {
  signatureTag,
  simpleSigningKeys,
  simpleSigningMediaType,
  writeSimpleSigning,
} from "../../model/signature/index.ts";
import { inMemory } from "../artifact/push.ts";
import type { Repository } from "../client/index.ts";

/** Others that are there stay. Gives the digest of the image. */
export async function tagSignature(
  repository: Repository,
  digest: string,
  sign: (bytes: Uint8Array) => Uint8Array,
): Promise<string> {
  const tag = signatureTag(digest);
  const stored = await repository.manifest(tag);
  const existing = stored && parseImageManifest(stored.bytes, stored.mediaType || undefined);
  const payload = writeSimpleSigning(`${repository.registry}/${repository.repository}`, digest);
  const layer: Descriptor = {
    ...descriptorOf(simpleSigningMediaType, payload),
    annotations: { [simpleSigningKeys.signature]: Buffer.from(sign(payload)).toString("base64") },
  };
  const layers = [...(existing?.kind === "manifest" ? existing.layers : []), layer];
  const image = {
    architecture: "",
    os: "",
    config: {},
    rootfs: { type: "layers", diff_ids: layers.map((it) => it.digest) },
  };
  const bytes = Buffer.from(JSON.stringify(image));
  const config = descriptorOf(mediaTypes.imageConfig, bytes);
  await repository.pushBlob(layer, inMemory(payload));
  await repository.pushBlob(config, inMemory(bytes));
  const manifest = writeImageManifest({ config, layers, annotations: {} });
  await repository.putManifest(tag, manifest);
  return manifest.digest;
}
