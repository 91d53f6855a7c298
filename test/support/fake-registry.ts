/** A registry in memory that keeps to the distribution specification, and breaks it where a test says so. */
import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { mediaTypes } from "../../model/artifact/index.ts";

export interface Seen {
  method: string;
  /** With the query. */
  url: string;
  headers: IncomingMessage["headers"];
  /** Bytes of the body that came. */
  sizeBytes: number;
}

export type Hook = (
  request: IncomingMessage,
  response: ServerResponse,
  registry: FakeRegistry,
) => boolean | void;

export interface Behaviour {
  /** Sees each request first; true when it has answered. */
  hook?: Hook;
  referrersApi?: boolean;
  ranges?: boolean;
  mounts?: boolean;
  pageSize?: number;
}

interface Upload {
  bytes: Buffer;
}

export class FakeRegistry {
  readonly blobs = new Map<string, Buffer>();
  readonly manifests = new Map<string, { bytes: Buffer; mediaType: string }>();
  /** `repository:tag` → digest. */
  readonly tags = new Map<string, string>();
  readonly uploads = new Map<string, Upload>();
  readonly seen: Seen[] = [];
  behaviour: Behaviour = {};
  #server: Server | undefined;
  #next = 1;

  async start(): Promise<this> {
    const server = createServer((request, response) => void this.#serve(request, response));
    this.#server = server;
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    return this;
  }

  get host(): string {
    if (this.#server === undefined) throw new Error("The registry has not been started.");
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise((done) => this.#server?.close(done));
  }

  /** `GET blobs`, `PUT manifests` … of the requests so far. */
  get kinds(): string[] {
    return this.seen.map(
      ({ method, url }) =>
        `${method} ${/\/(blobs\/uploads|blobs|manifests|tags|referrers)\//.exec(url)?.[1] ?? url}`,
    );
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "", url = "", headers } = request;
    const seen: Seen = { method, url, headers, sizeBytes: 0 };
    this.seen.push(seen);
    request.on("error", () => undefined);
    response.on("error", () => undefined);
    if (this.behaviour.hook?.(request, response, this) === true) return;
    const { pathname, searchParams } = new URL(url, "http://registry");
    const match = /^\/v2\/(.+)\/(blobs\/uploads|blobs|manifests|tags|referrers)\/(.*)$/.exec(pathname);
    if (pathname === "/v2/") return void response.end("{}");
    if (match === null) return fail(response, 404, "NAME_UNKNOWN");
    const [, name = "", kind = "", rest = ""] = match;
    if (kind === "blobs/uploads")
      return this.#upload(request, response, seen, { name, id: rest, searchParams });
    if (kind === "blobs") return this.#blob(request, response, rest);
    if (kind === "tags") return this.#tags(response, name, searchParams);
    if (kind === "referrers") return this.#referrers(response, rest);
    return this.#manifest(request, response, seen, name, rest);
  }

  #blob({ method, headers }: IncomingMessage, response: ServerResponse, digest: string): void {
    const bytes = this.blobs.get(digest);
    if (bytes === undefined) return fail(response, 404, "BLOB_UNKNOWN");
    const range = /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? "");
    if (range !== null && this.behaviour.ranges !== false) {
      const [start, end] = [Number(range[1]), range[2] === "" ? bytes.length - 1 : Number(range[2])];
      const part = bytes.subarray(start, end + 1);
      const contentRange = `bytes ${start}-${start + part.length - 1}/${bytes.length}`;
      response.writeHead(206, { "content-range": contentRange, "content-length": part.length });
      return void response.end(part);
    }
    response.writeHead(200, { "content-length": bytes.length, "docker-content-digest": digest });
    response.end(method === "HEAD" ? undefined : bytes);
  }

  async #upload(
    request: IncomingMessage,
    response: ServerResponse,
    seen: Seen,
    { name, id, searchParams }: { name: string; id: string; searchParams: URLSearchParams },
  ): Promise<void> {
    if (request.method === "POST") {
      const mounted = searchParams.get("mount");
      if (mounted !== null && this.behaviour.mounts !== false && this.blobs.has(mounted))
        return void response.writeHead(201, { location: `/v2/${name}/blobs/${mounted}` }).end();
      const started = `u${this.#next++}`;
      this.uploads.set(started, { bytes: Buffer.alloc(0) });
      // Relative, with a query of its own, as registries do.
      return void response.writeHead(202, { location: `/v2/${name}/blobs/uploads/${started}?state=x` }).end();
    }
    const upload = this.uploads.get(id);
    if (upload === undefined) return fail(response, 404, "BLOB_UPLOAD_UNKNOWN");
    const status = (): Record<string, string> => ({
      location: `/v2/${name}/blobs/uploads/${id}?state=y`,
      range: `0-${Math.max(0, upload.bytes.length - 1)}`,
    });
    if (request.method === "GET") return void response.writeHead(204, status()).end();
    const start = /^(\d+)-/.exec(request.headers["content-range"] ?? "")?.[1];
    if (start !== undefined && Number(start) !== upload.bytes.length)
      return void response.writeHead(416, status()).end();
    const chunks = [upload.bytes];
    const isWhole = await (async () => {
      for await (const chunk of request as AsyncIterable<Buffer>) {
        seen.sizeBytes += chunk.length;
        chunks.push(chunk);
      }
      return true;
    })().catch(() => false);
    // What came before a line broke has come.
    upload.bytes = Buffer.concat(chunks);
    if (!isWhole) return;
    if (request.method === "PATCH") return void response.writeHead(202, status()).end();
    const digest = searchParams.get("digest") ?? "";
    if (digestOf(upload.bytes) !== digest) return fail(response, 400, "DIGEST_INVALID");
    this.uploads.delete(id);
    this.blobs.set(digest, upload.bytes);
    response.writeHead(201, { location: `/v2/${name}/blobs/${digest}` }).end();
  }

  async #manifest(
    request: IncomingMessage,
    response: ServerResponse,
    seen: Seen,
    name: string,
    target: string,
  ): Promise<void> {
    if (request.method === "PUT") {
      const chunks: Buffer[] = [];
      for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
      const bytes = Buffer.concat(chunks);
      seen.sizeBytes = bytes.length;
      const digest = digestOf(bytes);
      this.manifests.set(digest, { bytes, mediaType: request.headers["content-type"] ?? "" });
      if (!target.startsWith("sha256:")) this.tags.set(`${name}:${target}`, digest);
      const { subject } = JSON.parse(bytes.toString()) as { subject?: { digest: string } };
      const known = subject !== undefined && this.behaviour.referrersApi === true;
      response.writeHead(201, {
        "docker-content-digest": digest,
        ...(known ? { "oci-subject": subject.digest } : {}),
      });
      return void response.end();
    }
    const digest = target.startsWith("sha256:") ? target : (this.tags.get(`${name}:${target}`) ?? "");
    const stored = this.manifests.get(digest);
    if (stored === undefined) return fail(response, 404, "MANIFEST_UNKNOWN");
    if (request.method === "DELETE") {
      if (!target.startsWith("sha256:")) return fail(response, 400, "DIGEST_INVALID");
      this.manifests.delete(digest);
      for (const [tag, to] of this.tags) if (to === digest) this.tags.delete(tag);
      return void response.writeHead(202).end();
    }
    response.writeHead(200, {
      "content-type": stored.mediaType,
      "content-length": stored.bytes.length,
      "docker-content-digest": digest,
    });
    response.end(request.method === "HEAD" ? undefined : stored.bytes);
  }

  #tags(response: ServerResponse, name: string, query: URLSearchParams): void {
    const all = [...this.tags.keys()]
      .filter((it) => it.startsWith(`${name}:`))
      .map((it) => it.slice(name.length + 1));
    const { pageSize = all.length } = this.behaviour;
    const start = Number(query.get("from") ?? 0);
    const next = start + pageSize;
    if (next < all.length)
      response.setHeader("link", `</v2/${name}/tags/list?n=${pageSize}&from=${next}>; rel="next"`);
    const tags = all.length === 0 ? null : all.slice(start, next);
    response.end(JSON.stringify({ name, tags }));
  }

  #referrers(response: ServerResponse, digest: string): void {
    if (this.behaviour.referrersApi !== true) return fail(response, 404, "UNSUPPORTED");
    const manifests = [...this.manifests].flatMap(([own, { bytes, mediaType }]) => {
      const { subject, artifactType } = JSON.parse(bytes.toString()) as {
        subject?: { digest: string };
        artifactType?: string;
      };
      return subject?.digest === digest ? [{ mediaType, digest: own, size: bytes.length, artifactType }] : [];
    });
    response.writeHead(200, { "content-type": mediaTypes.imageIndex });
    response.end(JSON.stringify({ schemaVersion: 2, mediaType: mediaTypes.imageIndex, manifests }));
  }
}

export function fail(
  response: ServerResponse,
  status: number,
  code: string,
  headers: Record<string, string> = {},
): void {
  response
    .writeHead(status, headers)
    .end(JSON.stringify({ errors: [{ code, message: code.toLowerCase() }] }));
}

function digestOf(bytes: Buffer): string {
  return `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
}
