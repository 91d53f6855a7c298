/** Signing and verifying on a registry with and without the referrers API. */
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { generateKeyPairSync } from "node:crypto";
import { descriptorOf, writeImageManifest } from "../../../model/artifact/index.ts";
import {
  bundleMediaType,
  provenancePredicate,
  readPrivateKey,
  readPublicKey,
} from "../../../model/signature/index.ts";
import { copyArtifact, pushArtifact } from "../../../registry/artifact/index.ts";
import { attach, listAttached } from "../../../registry/attachment/index.ts";
import type { Repository } from "../../../registry/client/index.ts";
import { attachProvenance } from "../../../registry/provenance/index.ts";
import { attachSbom, readSboms } from "../../../registry/sbom/index.ts";
import {
  describeAttached,
  keySigner,
  signArtifact,
  verifyArtifact,
} from "../../../registry/signature/index.ts";
import { rejected } from "../../support/caught.ts";
import { FakeRegistry } from "../../support/fake-registry.ts";
import { repositoryOf, smallApp } from "../../support/registry-client.ts";

function newKey() {
  const pair = generateKeyPairSync("ec", {
    namedCurve: "P-256",
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  return {
    signer: keySigner(readPrivateKey(pair.privateKey, undefined, "key")),
    publicKey: readPublicKey(pair.publicKey, "pub"),
  };
}

const [ours, theirs] = [newKey(), newKey()];
const { plan, open } = smallApp();
const { digest } = plan.manifest;
let registry: FakeRegistry;
let shop: Repository;

beforeEach(async () => {
  registry = await new FakeRegistry().start();
  shop = repositoryOf(registry.host);
  await pushArtifact(shop, plan, { open, tags: ["1"] });
});
afterEach(() => registry.stop());

describe.each([true, false])("with the referrers API: %j", (referrersApi) => {
  beforeEach(() => {
    registry.behaviour.referrersApi = referrersApi;
  });

  test.each(["bundle", "tag"] as const)(
    "what is signed as %s is verified, and by whom is said",
    async (format) => {
      const signed = await signArtifact(shop, digest, { signer: ours.signer, format });
      expect(signed.isNew).toBe(true);
      const policy = { keys: [theirs.publicKey, ours.publicKey] };
      expect(await verifyArtifact(shop, digest, policy)).toEqual({
        digest,
        signers: [{ kind: "key", fingerprint: ours.publicKey.fingerprint, place: signed.place }],
      });
    },
  );

  test.each(["bundle", "tag"] as const)("signing as %s again writes nothing", async (format) => {
    const options = { signer: ours.signer, format };
    await signArtifact(shop, digest, options);
    const before = registry.seen.length;
    expect((await signArtifact(shop, digest, options)).isNew).toBe(false);
    const methods = registry.seen.slice(before).map(({ method }) => method);
    expect(methods.filter((method) => !["GET", "HEAD"].includes(method))).toEqual([]);
  });

  test("several may sign, in both formats, and each is told", async () => {
    for (const { signer } of [ours, theirs])
      for (const format of ["bundle", "tag"] as const) await signArtifact(shop, digest, { signer, format });
    const { signers } = await verifyArtifact(shop, digest, { keys: [ours.publicKey, theirs.publicKey] });
    expect(signers.map((it) => it.kind === "key" && it.fingerprint).sort()).toEqual(
      [ours, ours, theirs, theirs].map(({ publicKey }) => publicKey.fingerprint).sort(),
    );
  });

  test("signatures, SBOM and provenance go along with a copy", async () => {
    await signArtifact(shop, digest, ours);
    await attachSbom(shop, digest, Buffer.from('{"bomFormat":"CycloneDX"}'), ours);
    await attachProvenance(shop, digest, { buildDefinition: {} }, ours);
    const prod = repositoryOf(registry.host, { name: "acme/prod" });
    await copyArtifact(shop, prod, digest, { tags: ["live"] });
    const policy = { keys: [ours.publicKey] };
    await verifyArtifact(prod, digest, policy);
    await verifyArtifact(prod, digest, policy, { predicateType: provenancePredicate });
    expect((await readSboms(prod, digest)).map(({ bytes }) => bytes.toString())).toEqual([
      '{"bomFormat":"CycloneDX"}',
    ]);
  });
});

describe("an artifact is refused", () => {
  const policy = { keys: [ours.publicKey] };

  test("when nobody signed it", async () => {
    const error = await rejected(verifyArtifact(shop, digest, policy));
    expect(error.code).toBe("ERR_SPIN_SIGNATURE_MISSING");
    expect(error.message).toContain(`acme/shop@${digest} has no signature`);
  });

  test("when somebody else signed it", async () => {
    await signArtifact(shop, digest, theirs);
    const error = await rejected(verifyArtifact(shop, digest, policy));
    expect(error.code).toBe("ERR_SPIN_SIGNATURE_UNTRUSTED");
    expect(error.message).toContain(`none by the key ${ours.publicKey.fingerprint}`);
  });

  test("when nobody is named who may", async () => {
    await signArtifact(shop, digest, ours);
    const error = await rejected(verifyArtifact(shop, digest, { keys: [] }));
    expect(error.code).toBe("ERR_SPIN_SIGNATURE_POLICY");
  });

  test("when the right key signed another statement about it, but not this one", async () => {
    await attachProvenance(shop, digest, { buildDefinition: {} }, ours);
    expect((await rejected(verifyArtifact(shop, digest, policy))).code).toBe("ERR_SPIN_SIGNATURE_MISSING");
    const unsigned = { predicateType: provenancePredicate };
    await verifyArtifact(shop, digest, policy, unsigned);
  });

  test("when its provenance has no signature", async () => {
    await attachProvenance(shop, digest, { buildDefinition: {} });
    const asked = { predicateType: provenancePredicate };
    expect((await rejected(verifyArtifact(shop, digest, policy, asked))).code).toBe(
      "ERR_SPIN_SIGNATURE_MISSING",
    );
  });

  test.each(["bundle", "tag"] as const)(
    "when a signature as %s of another artifact hangs on it",
    async (format) => {
      const other = await pushOther();
      await signArtifact(shop, other, { signer: ours.signer, format });
      if (format === "tag") {
        const image = registry.tags.get(`acme/shop:${other.replace(":", "-")}.sig`)!;
        registry.tags.set(`acme/shop:${digest.replace(":", "-")}.sig`, image);
      } else {
        const [attached] = await listAttached(shop, other);
        const bytes = registry.blobs.get(attached!.layers[0]!.digest)!;
        await attach(shop, (await shop.resolve(digest))!, { artifactType: bundleMediaType, bytes });
      }
      const error = await rejected(verifyArtifact(shop, digest, policy));
      expect(error.code).toBe("ERR_SPIN_SIGNATURE_MISSING");
      expect(error.message).toContain("it is about another manifest");
    },
  );

  test("when one byte of what was signed is another one", async () => {
    const { place } = await signArtifact(shop, digest, ours);
    const [attached] = await listAttached(shop, digest);
    const text = registry.blobs.get(attached!.layers[0]!.digest)!.toString();
    const { dsseEnvelope } = JSON.parse(text) as { dsseEnvelope: { payload: string } };
    const changed = Buffer.from(dsseEnvelope.payload, "base64")
      .toString()
      .replace('"predicate":{}', '"predicate":{"x":1}');
    const bytes = Buffer.from(text.replace(dsseEnvelope.payload, Buffer.from(changed).toString("base64")));
    await attach(shop, (await shop.resolve(digest))!, { artifactType: bundleMediaType, bytes });
    await shop.deleteManifest(place);
    registry.manifests.delete(place);
    const error = await rejected(verifyArtifact(shop, digest, policy));
    expect(error.code).toBe("ERR_SPIN_SIGNATURE_UNTRUSTED");
  });
});

test("what is no signature keeps the true one from nothing, and the reason is told when there is none", async () => {
  const subject = (await shop.resolve(digest))!;
  await attach(shop, subject, { artifactType: bundleMediaType, bytes: Buffer.from("no bundle") });
  await attach(shop, subject, { artifactType: "text/review", bytes: Buffer.from("looked at") });
  const error = await rejected(verifyArtifact(shop, digest, { keys: [ours.publicKey] }));
  expect(error.message).toContain("no JSON object");
  await signArtifact(shop, digest, ours);
  await verifyArtifact(shop, digest, { keys: [ours.publicKey] });
  const described = await describeAttached(shop, digest);
  expect(described.map(({ what }) => what).sort()).toEqual(["other", "other", "signature"]);
});

test("what is not there cannot be signed", async () => {
  const error = await rejected(signArtifact(shop, `sha256:${"0".repeat(64)}`, ours));
  expect(error.code).toBe("ERR_SPIN_REGISTRY_NOT_FOUND");
});

/** Another manifest in the same repository. */
async function pushOther(): Promise<string> {
  const empty = Buffer.from("{}");
  const config = descriptorOf("application/vnd.oci.empty.v1+json", empty);
  await shop.pushBlob(config, { open: () => empty });
  const other = writeImageManifest({ config, layers: [config], annotations: { other: "yes" } });
  await shop.putManifest(other.digest, other);
  return other.digest;
}
