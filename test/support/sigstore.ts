/**
 * Sigstore on loopback: an issuer of identity tokens, Fulcio, Rekor and a time stamp authority, by the documents of their
 * APIs, with keys of their own. What they sign comes from the mock that Sigstore's own clients are tested with.
 */
import { createHash, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import {
  fulcioHandler,
  initializeCA,
  initializeCTLog,
  initializeTLog,
  initializeTSA,
  rekorHandler,
  tsaHandler,
} from "@sigstore/mock";
import { preAuthEncoding } from "../../model/signature/index.ts";

export const issuer = "https://token.actions.githubusercontent.com";
export const workflow = "https://github.com/acme/shop/.github/workflows/release.yml@refs/heads/main";

interface Answer {
  statusCode: number;
  response: string | ArrayBufferView;
  contentType?: string;
}

export class FakeSigstore {
  /** Paths of the requests so far. */
  readonly seen: string[] = [];
  /** Answers before the services do. */
  hook: ((path: string, body: string) => Answer | undefined) | undefined;
  readonly #tokenKey = generateKeyPairSync("ec", { namedCurve: "P-256" });
  readonly #answers = new Map<string, (body: string) => Promise<Answer>>();
  #server: Server | undefined;
  #url = "";
  /** Whole seconds: the mock leaves zeros out of fractions, which DER forbids and a reader refuses. */
  readonly #clock = new Date();
  #trustedRoot = {};

  async start(): Promise<this> {
    const [authority, transparency, rekor, stamps] = Array.from({ length: 4 }, () =>
      generateKeyPairSync("ec", { namedCurve: "P-256" }),
    );
    const ctLog = await initializeCTLog(transparency!);
    const ca = await initializeCA(authority!, ctLog);
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const { pathname } = new URL(request.url ?? "", "http://sigstore");
        const body = Buffer.concat(chunks);
        this.seen.push(pathname);
        void this.#answer(pathname, body, request.headers.authorization).then((answer) =>
          response
            .writeHead(answer.statusCode, { "content-type": answer.contentType ?? "text/plain" })
            .end(answer.response),
        );
      });
    });
    this.#server = server;
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    this.#url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const log = await initializeTLog(this.url, rekor!);
    const tsa = await initializeTSA(stamps!, this.#clock);
    for (const { path, fn } of [fulcioHandler(ca), rekorHandler(log), tsaHandler(tsa)])
      this.#answers.set(path, (body) => fn(body) as Promise<Answer>);
    const { path, fn } = rekorHandler(log);
    this.#answers.set(path, (body) => fn(entryOf(body)) as Promise<Answer>);
    this.#trustedRoot = {
      mediaType: "application/vnd.dev.sigstore.trustedroot+json;version=0.1",
      certificateAuthorities: [authorityOf(this.url, [ca.rootCertificate])],
      timestampAuthorities: [authorityOf(this.url, [tsa.intCertificate, tsa.rootCertificate])],
      tlogs: [logOf(this.url, log.publicKey)],
      ctlogs: [logOf(this.url, ctLog.publicKey)],
    };
    return this;
  }

  get url(): string {
    return this.#url;
  }

  /** As GitHub Actions gives it to a job, for the audience of Sigstore. */
  token({ sub = workflow, iss = issuer, aud = "sigstore" } = {}): string {
    const now = Math.floor(Date.now() / 1000);
    const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
    const claims = { iss, sub, aud, iat: now, nbf: now - 10, exp: now + 600 };
    const text = `${encode({ alg: "ES256", typ: "JWT" })}.${encode(claims)}`;
    return `${text}.${sign("sha256", Buffer.from(text), ieee(this.#tokenKey.privateKey)).toString("base64url")}`;
  }

  /** As `cosign trusted-root create` writes it. */
  async writeTrustedRoot(file: string): Promise<string> {
    await writeFile(file, JSON.stringify(this.#trustedRoot));
    return file;
  }

  async stop(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise((done) => this.#server?.close(done));
  }

  async #answer(path: string, body: Buffer, authorization: string | undefined): Promise<Answer> {
    const hooked = this.hook?.(path, body.toString());
    if (hooked !== undefined) return hooked;
    if (path === "/oidc") {
      if (authorization !== "Bearer request-token") return { statusCode: 401, response: "" };
      const response = JSON.stringify({ value: this.token() });
      return { statusCode: 200, response, contentType: "application/json" };
    }
    if (path.endsWith("/signingCert") && !this.#isProven(body.toString()))
      return { statusCode: 401, response: '{"message":"no"}', contentType: "application/json" };
    const answer = this.#answers.get(path);
    this.#clock.setTime(Math.floor(Date.now() / 1000) * 1000);
    // A request for a time stamp is DER, which the mock takes as latin1.
    return answer === undefined ? { statusCode: 404, response: "" } : answer(body.toString("latin1"));
  }

  /** Fulcio believes tokens of an issuer that it knows, and whoever has the key signs the subject with it. */
  #isProven(body: string): boolean {
    const { credentials, publicKeyRequest } = JSON.parse(body) as {
      credentials: { oidcIdentityToken: string };
      publicKeyRequest: { publicKey: { content: string }; proofOfPossession: string };
    };
    const [head = "", claims = "", signature = ""] = credentials.oidcIdentityToken.split(".");
    const key = ieee(this.#tokenKey.publicKey);
    if (!verify("sha256", Buffer.from(`${head}.${claims}`), key, Buffer.from(signature, "base64url")))
      return false;
    const { sub, aud } = JSON.parse(Buffer.from(claims, "base64url").toString()) as Record<string, string>;
    const proof = Buffer.from(publicKeyRequest.proofOfPossession, "base64");
    const owner = createPublicKey(publicKeyRequest.publicKey.content);
    return aud === "sigstore" && verify("sha256", Buffer.from(sub ?? ""), owner, proof);
  }
}

/** What Rekor makes of a proposed envelope (rekor, pkg/types/dsse): it judges the signature, and keeps hashes of the content. */
function entryOf(body: string): string {
  const { kind, apiVersion, spec } = JSON.parse(body) as ProposedEntry;
  if (kind !== "dsse") return body;
  const { envelope, verifiers } = spec.proposedContent;
  const { payload, payloadType, signatures } = JSON.parse(envelope) as Envelope;
  const content = Buffer.from(payload, "base64");
  const verifier = verifiers[0] ?? "";
  const sig = signatures[0]?.sig ?? "";
  const signed = preAuthEncoding(payloadType, content);
  const key = createPublicKey(Buffer.from(verifier, "base64").toString());
  if (!verify("sha256", signed, key, Buffer.from(sig, "base64"))) throw new Error("The signature is wrong.");
  const hash = (it: Buffer | string) => ({
    algorithm: "sha256",
    value: createHash("sha256").update(it).digest("hex"),
  });
  const entry = {
    envelopeHash: hash(envelope),
    payloadHash: hash(content),
    signatures: [{ signature: sig, verifier }],
  };
  return JSON.stringify({ kind, apiVersion, spec: entry });
}

interface ProposedEntry {
  kind: string;
  apiVersion: string;
  spec: { proposedContent: { envelope: string; verifiers: string[] } };
}

interface Envelope {
  payload: string;
  payloadType: string;
  signatures: { sig: string }[];
}

/** Signatures in web tokens are two numbers side by side. */
function ieee(key: KeyObject) {
  return { key, dsaEncoding: "ieee-p1363" } as const;
}

const validFor = { start: "2020-01-01T00:00:00Z" };

function authorityOf(uri: string, certificates: ArrayBufferView[]) {
  const chain = certificates.map((it) => ({ rawBytes: base64(it) }));
  return { subject: {}, uri, certChain: { certificates: chain }, validFor };
}

function logOf(baseUrl: string, key: Buffer) {
  return {
    baseUrl,
    hashAlgorithm: "SHA2_256",
    publicKey: { rawBytes: base64(key), keyDetails: "PKIX_ECDSA_P256_SHA_256", validFor },
    logId: { keyId: createHash("sha256").update(key).digest("base64") },
  };
}

function base64(bytes: ArrayBufferView): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
}
