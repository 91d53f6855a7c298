/** spin:verify: nothing is deployed that is not signed by somebody who may, and what was verified is what is deployed. */
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { generateKeyPairSync } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readPrivateKey } from "../../../model/signature/index.ts";
import { type Configuration, configurationSchema } from "../../../provider/definition/configuration.ts";
import { contextOf } from "../../../provider/definition/context.ts";
import { engineOf } from "../../../provider/definition/engine.ts";
import { signatureIssues } from "../../../provider/registry/verify.ts";
import { hostDeployment } from "../../../provider/resources/host-deployment.ts";
import { kubernetesDeployment } from "../../../provider/resources/kubernetes-deployment.ts";
import { pushArtifact } from "../../../registry/artifact/index.ts";
import { keySigner, signArtifact } from "../../../registry/signature/index.ts";
import { FakeRegistry } from "../../support/fake-registry.ts";
import { repositoryOf, smallApp } from "../../support/registry-client.ts";
import { FakeSigstore, issuer, workflow } from "../../support/sigstore.ts";
import { keylessSigner } from "../../../registry/signature/keyless-signer.ts";

const [ours, theirs] = [1, 2].map(() =>
  generateKeyPairSync("ec", {
    namedCurve: "P-256",
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  }),
);
const { plan, open } = smallApp();
const { digest } = plan.manifest;
let registry: FakeRegistry;
let projectDir: string;
let reference: string;
let lines: string[];

beforeEach(async () => {
  projectDir = await mkdtemp(join(tmpdir(), "pulumi-spin-verify-"));
  registry = await new FakeRegistry().start();
  reference = `${registry.host}/acme/shop@${digest}`;
  lines = [];
  await pushArtifact(repositoryOf(registry.host), plan, { open, tags: ["1"] });
});
afterEach(async () => {
  await registry.stop();
  await rm(projectDir, { recursive: true, force: true });
});

const context = (verify: Configuration["verify"]) =>
  contextOf({ projectDir, log: (line) => lines.push(line), configuration: { verify } });
const sign = (pair = ours): Promise<unknown> =>
  signArtifact(repositoryOf(registry.host), digest, {
    signer: keySigner(readPrivateKey(pair!.privateKey, undefined, "key")),
  });
const codes = async (verify: Configuration["verify"], of = reference): Promise<string[]> =>
  (await signatureIssues(of, "image", context(verify))).map(({ code, path }) => `${path} ${code}`);

describe("what is to be deployed", () => {
  test("needs no signature where none is demanded, and nobody is asked", async () => {
    const before = registry.seen.length;
    expect(await codes(undefined)).toEqual([]);
    expect(registry.seen).toHaveLength(before);
  });

  test("is deployed when a key signed it, which is a path in the project or text, and it is said who", async () => {
    await sign();
    await writeFile(join(projectDir, "cosign.pub"), ours!.publicKey);
    expect(await codes({ keys: ["cosign.pub"] })).toEqual([]);
    expect(await codes({ keys: [theirs!.publicKey, ours!.publicKey] })).toEqual([]);
    expect(lines[0]).toMatch(/acme\/shop@sha256:\w+ is signed with the key sha256:/);
  });

  test("is deployed when an identity signed it", async () => {
    const sigstore = await new FakeSigstore().start();
    await sigstore.writeTrustedRoot(join(projectDir, "root.json"));
    const services = { fulcioUrl: sigstore.url, rekorUrl: sigstore.url };
    const signer = await keylessSigner({ identityToken: sigstore.token(), ...services });
    await signArtifact(repositoryOf(registry.host), digest, { signer });
    await sigstore.stop();
    expect(await codes({ identities: [{ identity: workflow, issuer }], trustedRoot: "root.json" })).toEqual(
      [],
    );
    const other = [{ identity: `${workflow}-other`, issuer }];
    expect(await codes({ identities: other, trustedRoot: "root.json" })).toEqual([
      "image ERR_SPIN_SIGNATURE_UNTRUSTED",
    ]);
  });

  test.each([
    ["has no signature", async () => undefined, "ERR_SPIN_SIGNATURE_MISSING"],
    ["is signed by somebody else", () => sign(theirs), "ERR_SPIN_SIGNATURE_UNTRUSTED"],
  ])("is not when it %s", async (_what, prepare, code) => {
    await prepare();
    expect(await codes({ keys: [ours!.publicKey] })).toEqual([`image ${code}`]);
  });

  test("is not by a tag, by a key that is not there, or while the registry does not answer", async () => {
    await sign();
    const keys = [ours!.publicKey];
    expect(await codes({ keys }, `${registry.host}/acme/shop:1`)).toEqual([
      "image ERR_SPIN_SIGNATURE_MISSING",
    ]);
    expect(await codes({ keys: ["nowhere.pub"] })).toEqual(["image ERR_SPIN_SIGNATURE_KEY"]);
    registry.behaviour.hook = (_request, response) => {
      response.writeHead(403).end();
      return true;
    };
    expect(await codes({ keys })).toEqual(["image ERR_SPIN_REGISTRY_DENIED"]);
  });
});

test("a deployment to Kubernetes is checked in the preview, at the property that names the artifact", async () => {
  const { issues } = await engineOf(kubernetesDeployment).check(
    { image: reference, name: "shop", namespace: "shop", executor: "x" },
    context({ keys: [ours!.publicKey] }),
    {},
  );
  expect(issues).toMatchObject([{ code: "ERR_SPIN_SIGNATURE_MISSING", path: "image", severity: "error" }]);
});

test("an application of the program itself is not deployed where signatures are demanded", async () => {
  const app = {
    name: "shop",
    version: "1",
    authors: [],
    variables: [],
    components: [],
    routes: [],
    lockedApp: {},
    digest,
  };
  const { issues } = await engineOf(hostDeployment).check({ app }, context({ keys: ["cosign.pub"] }), {});
  expect(issues).toEqual(
    expect.arrayContaining([expect.objectContaining({ code: "ERR_SPIN_SIGNATURE_MISSING", path: "app" })]),
  );
});

test.each([[{}], [{ trustedRoot: "x" }], [{ keys: [] }], [{ keys: ["x"], patterns: [".*"] }]])(
  "a demand that names nobody, or something unknown, is refused: %j",
  (verify) => {
    expect(configurationSchema.safeParse({ verify }).success).toBe(false);
  },
);
