/** Signing as somebody: identity token, certificate, log. The services are of ours, by their documented APIs; the crypto is real. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FulcioSigner, MessageSignatureBundleBuilder, RekorWitness } from "@sigstore/sign";
import {
  signatureTag,
  simpleSigningKeys,
  simpleSigningMediaType,
  writeSimpleSigning,
} from "../../../model/signature/index.ts";
import { descriptorOf, mediaTypes, writeImageManifest } from "../../../model/artifact/index.ts";
import { pushArtifact } from "../../../registry/artifact/index.ts";
import { attach, listAttached } from "../../../registry/attachment/index.ts";
import type { Repository } from "../../../registry/client/index.ts";
import { describeAttached, signArtifact, verifyArtifact } from "../../../registry/signature/index.ts";
import { keylessSigner } from "../../../registry/signature/keyless-signer.ts";
import { rejected } from "../../support/caught.ts";
import { FakeRegistry } from "../../support/fake-registry.ts";
import { repositoryOf, smallApp } from "../../support/registry-client.ts";
import { FakeSigstore, issuer, workflow } from "../../support/sigstore.ts";

const { plan, open } = smallApp();
const { digest } = plan.manifest;
let sigstore: FakeSigstore;
let registry: FakeRegistry;
let shop: Repository;
let folder: string;
let trustedRootFile: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "pulumi-spin-keyless-"));
  sigstore = await new FakeSigstore().start();
  trustedRootFile = await sigstore.writeTrustedRoot(join(folder, "trusted_root.json"));
});
afterAll(async () => {
  await sigstore.stop();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  sigstore.hook = undefined;
  registry = await new FakeRegistry().start();
  shop = repositoryOf(registry.host);
  await pushArtifact(shop, plan, { open, tags: ["1"] });
});
afterEach(() => registry.stop());

const services = () => ({ fulcioUrl: sigstore.url, rekorUrl: sigstore.url, retries: 0 });
const policyOf = (identity = workflow, by = issuer) => ({
  identities: [{ identity, issuer: by }],
  trust: { trustedRootFile },
});

async function signed(options: object = {}): Promise<void> {
  const signer = await keylessSigner({ identityToken: sigstore.token(), ...services(), ...options });
  await signArtifact(shop, digest, { signer });
}

describe("a signature by an identity", () => {
  test("is verified, and says whose it is and who vouches", async () => {
    await signed();
    expect(await verifyArtifact(shop, digest, policyOf())).toMatchObject({
      signers: [{ kind: "identity", identity: workflow, issuer }],
    });
    expect(await describeAttached(shop, digest)).toMatchObject([
      { what: "signature", claimedBy: { kind: "identity", identity: workflow } },
    ]);
  });

  test("may have a time stamp besides", async () => {
    await signed({ timestampUrl: sigstore.url });
    await verifyArtifact(shop, digest, policyOf());
    expect(sigstore.seen).toContain("/api/v1/timestamp");
  });

  test.each([
    ["another identity", workflow.replace("main", "other"), issuer],
    ["a part of the identity", workflow.slice(0, -1), issuer],
    ["a pattern", ".*", issuer],
    ["another issuer", workflow, "https://accounts.google.com"],
  ])("is not that of %s", async (_what, identity, by) => {
    await signed();
    const error = await rejected(verifyArtifact(shop, digest, policyOf(identity, by)));
    expect(error.code).toBe("ERR_SPIN_SIGNATURE_UNTRUSTED");
    expect(error.message).toContain(`it is by ${workflow}, for whom ${issuer} vouches`);
  });

  test("is nobody's where another authority is trusted", async () => {
    await signed();
    const other = await new FakeSigstore().start();
    const file = await other.writeTrustedRoot(join(folder, "other.json"));
    await other.stop();
    const policy = { ...policyOf(), trust: { trustedRootFile: file } };
    const error = await rejected(verifyArtifact(shop, digest, policy));
    expect(error.code).toBe("ERR_SPIN_SIGNATURE_UNTRUSTED");
  });

  test.each([
    ["without its entry in the log", (it: Material) => (it.tlogEntries = []), /expected 1 timestamps/],
    [
      "with another time in the log",
      (it: Material) => (it.tlogEntries[0]!.integratedTime = "1700000000"),
      /certificate chain/,
    ],
    [
      "without a promise of the log",
      (it: Material) => (it.tlogEntries[0]!.inclusionPromise = undefined),
      /expected 1 timestamps/,
    ],
  ])("%s is none", async (_what, change, reason) => {
    await signed();
    const [attached] = await listAttached(shop, digest);
    const layer = attached!.layers[0]!;
    const bundle = JSON.parse(registry.blobs.get(layer.digest)!.toString()) as {
      verificationMaterial: Material;
    };
    change(bundle.verificationMaterial);
    registry.manifests.delete(attached!.digest);
    const bytes = Buffer.from(JSON.stringify(bundle));
    await attach(shop, (await shop.resolve(digest))!, { artifactType: layer.mediaType, bytes });
    const error = await rejected(verifyArtifact(shop, digest, policyOf()));
    expect([error.code, error.message]).toEqual([
      "ERR_SPIN_SIGNATURE_UNTRUSTED",
      expect.stringMatching(reason),
    ]);
  });
});

interface Material {
  tlogEntries: { integratedTime: string; inclusionPromise: unknown }[];
}

describe("cosign 2's form of it", () => {
  /** As cosign 2 keeps it: certificate and log's promise as annotations of the layer. */
  async function tagAsCosign(payload = writeSimpleSigning("x/acme/shop", digest)): Promise<void> {
    const { fulcioUrl, rekorUrl } = services();
    const identityProvider = { getToken: async () => sigstore.token() };
    const signer = new FulcioSigner({ fulcioBaseURL: fulcioUrl, identityProvider });
    const witnesses = [new RekorWitness({ rekorBaseURL: rekorUrl })];
    const bundle = await new MessageSignatureBundleBuilder({ signer, witnesses }).create({ data: payload });
    const { content, tlogEntries } = bundle.verificationMaterial;
    if (content.$case !== "x509CertificateChain" || bundle.content.$case !== "messageSignature")
      throw new Error("The bundle is of another kind.");
    const der = content.x509CertificateChain.certificates[0]!.rawBytes.toString("base64");
    const entry = tlogEntries[0]!;
    const log = {
      SignedEntryTimestamp: entry.inclusionPromise!.signedEntryTimestamp.toString("base64"),
      Payload: {
        body: entry.canonicalizedBody.toString("base64"),
        integratedTime: Number(entry.integratedTime),
        logIndex: Number(entry.logIndex),
        logID: entry.logId.keyId.toString("hex"),
      },
    };
    const layer = {
      ...descriptorOf(simpleSigningMediaType, payload),
      annotations: {
        [simpleSigningKeys.signature]: bundle.content.messageSignature.signature.toString("base64"),
        [simpleSigningKeys.certificate]: `-----BEGIN CERTIFICATE-----\n${der}\n-----END CERTIFICATE-----\n`,
        [simpleSigningKeys.log]: JSON.stringify(log),
      },
    };
    const config = descriptorOf(mediaTypes.imageConfig, Buffer.from("{}"));
    registry.blobs.set(layer.digest, payload);
    registry.blobs.set(config.digest, Buffer.from("{}"));
    await shop.putManifest(
      signatureTag(digest),
      writeImageManifest({ config, layers: [layer], annotations: {} }),
    );
  }

  test("is verified, too", async () => {
    await tagAsCosign();
    expect(await verifyArtifact(shop, digest, policyOf())).toMatchObject({
      signers: [{ kind: "identity", identity: workflow, issuer }],
    });
    expect(await describeAttached(shop, digest)).toMatchObject([{ claimedBy: { identity: workflow } }]);
  });

  test("about another artifact is none", async () => {
    await tagAsCosign(writeSimpleSigning("x/acme/shop", `sha256:${"0".repeat(64)}`));
    const error = await rejected(verifyArtifact(shop, digest, policyOf()));
    expect(error.code).toBe("ERR_SPIN_SIGNATURE_MISSING");
  });
});

describe("an identity", () => {
  const names = ["ACTIONS_ID_TOKEN_REQUEST_URL", "ACTIONS_ID_TOKEN_REQUEST_TOKEN", "SIGSTORE_ID_TOKEN"];
  afterEach(() => {
    for (const name of names) delete process.env[name];
  });

  test("is asked for where GitHub Actions gives it", async () => {
    process.env["ACTIONS_ID_TOKEN_REQUEST_URL"] = `${sigstore.url}/oidc?api-version=2.0`;
    process.env["ACTIONS_ID_TOKEN_REQUEST_TOKEN"] = "request-token";
    const signer = await keylessSigner(services());
    expect(signer.name).toBe(workflow);
    await signArtifact(shop, digest, { signer });
    await verifyArtifact(shop, digest, policyOf());
  });

  test("that is nowhere is said, with the ways to have one", async () => {
    const error = await rejected(keylessSigner(services()));
    expect(error.code).toBe("ERR_SPIN_SIGNATURE_IDENTITY");
    expect(error.hint).toContain("id-token: write");
  });

  test.each(["no-token", "a.b.c", `x.${Buffer.from("{}").toString("base64url")}.y`])(
    "cannot be %j, which is not repeated",
    async (identityToken) => {
      const error = await rejected(keylessSigner({ ...services(), identityToken }));
      expect(error.code).toBe("ERR_SPIN_SIGNATURE_IDENTITY");
      expect(`${error.message} ${error.stack}`).not.toContain(identityToken);
    },
  );
});

describe("a service that does not do its part", () => {
  test.each([
    ["Fulcio", "/api/v2/signingCert", 400],
    ["Fulcio", "/api/v2/signingCert", 500],
    ["Rekor", "/api/v1/log/entries", 400],
    ["Rekor", "/api/v1/log/entries", 503],
  ])("%s (%s, %d): nothing is attached, and no token is repeated", async (_name, path, statusCode) => {
    const identityToken = sigstore.token();
    sigstore.hook = (asked) =>
      asked === path
        ? {
            statusCode,
            response: JSON.stringify({ message: `I do not like ${identityToken}` }),
            contentType: "application/json",
          }
        : undefined;
    const error = await rejected(signed({ identityToken }));
    expect(error.code).toBe("ERR_SPIN_SIGNATURE_SERVICE");
    expect(error.message).toContain(workflow);
    expect(`${error.message} ${error.stack} ${JSON.stringify(error.cause)}`).not.toContain(identityToken);
    expect(await listAttached(shop, digest)).toEqual([]);
  });

  test("Fulcio that does not know who issued the token refuses it", async () => {
    const other = await new FakeSigstore().start();
    const error = await rejected(signed({ identityToken: other.token() }));
    await other.stop();
    expect(error.code).toBe("ERR_SPIN_SIGNATURE_SERVICE");
    expect(error.message).toContain("401");
  });
});

test.each(["{", '{"tlogs": 5}'])("a trusted root that is %j is none", async (text) => {
  await signed();
  const file = join(folder, "broken.json");
  await writeFile(file, text);
  const policy = { ...policyOf(), trust: { trustedRootFile: file } };
  expect((await rejected(verifyArtifact(shop, digest, policy))).code).toBe("ERR_SPIN_SIGNATURE_TRUST");
});
