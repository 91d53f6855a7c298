import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { createHash } from "node:crypto";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { ContentCache } from "../../registry/content-cache.ts";
import { fetchComponent } from "../../registry/fetch-component.ts";
import { rejected } from "../support/caught.ts";

const bytes = Buffer.from("the bytes of a component");
const digest = digestOf(bytes);

function digestOf(content: Uint8Array): string {
  return `sha256:${createHash("sha256").update(content).digest("hex")}`;
}

let folder: string;
let cache: ContentCache;
let server: Server | undefined;
let requests: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "pulumi-spin-cache-"));
  cache = new ContentCache(folder);
  requests = [];
});

afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((done) => (server === undefined ? done(undefined) : server.close(done)));
  server = undefined;
  await rm(folder, { recursive: true, force: true });
});

async function serve(answer: RequestListener): Promise<string> {
  const started = createServer((request, response) => {
    requests.push(request.url ?? "");
    answer(request, response);
  });
  server = started;
  await new Promise<void>((done) => started.listen(0, "127.0.0.1", done));
  return `http://127.0.0.1:${(started.address() as AddressInfo).port}`;
}

const component: RequestListener = (_request, response) => response.end(bytes);

describe("fetchComponent", () => {
  test("gives the bytes that have the digest", async () => {
    const origin = await serve(component);
    expect(await fetchComponent({ url: `${origin}/a.wasm`, digest }, { cache })).toEqual(bytes);
    expect(await readdir(folder)).toEqual([digest.slice("sha256:".length)]);
  });

  test("asks once, and takes them from the cache the second time", async () => {
    const origin = await serve(component);
    await fetchComponent({ url: `${origin}/a.wasm`, digest }, { cache });
    expect(await fetchComponent({ url: `${origin}/other.wasm`, digest }, { cache })).toEqual(bytes);
    expect(requests).toEqual(["/a.wasm"]);
  });

  test("asks again when what the cache holds was damaged", async () => {
    const origin = await serve(component);
    await writeFile(join(folder, digest.slice("sha256:".length)), "damaged");
    expect(await fetchComponent({ url: `${origin}/a.wasm`, digest }, { cache })).toEqual(bytes);
    expect(await cache.read(digest)).toEqual(bytes);
  });

  test("follows redirects, and judges what came by the digest", async () => {
    const origin = await serve((request, response) => {
      if (request.url === "/a.wasm") response.writeHead(302, { location: "/b.wasm" }).end();
      else response.end(bytes);
    });
    expect(await fetchComponent({ url: `${origin}/a.wasm`, digest }, { cache })).toEqual(bytes);
    expect(requests).toEqual(["/a.wasm", "/b.wasm"]);
  });

  test("several at once for one digest all get the bytes", async () => {
    const origin = await serve(component);
    const all = await Promise.all(
      Array.from({ length: 8 }, () => fetchComponent({ url: `${origin}/a.wasm`, digest }, { cache })),
    );
    expect(all).toEqual(Array.from({ length: 8 }, () => bytes));
    expect(await readdir(folder)).toHaveLength(1);
  });
});

describe("fetchComponent leaves nothing in the cache and says why when", () => {
  afterEach(async () => {
    expect(await readdir(folder)).toEqual([]);
  });

  test("the bytes have another digest", async () => {
    const origin = await serve((_request, response) => response.end("something else"));
    const error = await rejected(fetchComponent({ url: `${origin}/a.wasm`, digest }, { cache }));
    expect(error).toMatchObject({ code: "ERR_SPIN_REGISTRY_DIGEST", fault: "remote" });
    expect(error.message).toContain(`${origin}/a.wasm`);
    expect(error.message).toContain(digest);
    expect(error.message).toContain(digestOf(Buffer.from("something else")));
  });

  test.each([
    [404, "Not Found"],
    [401, "Unauthorized"],
    [503, "Service Unavailable"],
  ])("the answer is %d", async (status, text) => {
    const origin = await serve((_request, response) =>
      response.writeHead(status).end("an explanation in HTML"),
    );
    const error = await rejected(fetchComponent({ url: `${origin}/a.wasm`, digest }, { cache }));
    expect(error.code).toBe("ERR_SPIN_REGISTRY_STATUS");
    expect(error.message).toBe(`${origin}/a.wasm answered ${status} ${text}.`);
  });

  test("the body breaks off", async () => {
    const origin = await serve((_request, response) => {
      response.writeHead(200, { "content-length": "1000" });
      response.write(bytes, () => response.destroy());
    });
    const error = await rejected(fetchComponent({ url: `${origin}/a.wasm`, digest }, { cache }));
    expect(error.code).toBe("ERR_SPIN_REGISTRY_UNREACHABLE");
    expect(error.message).toMatch(/^http.*\/a\.wasm: The answer broke off: .+\.$/);
  });

  test("a chunked body breaks off", async () => {
    const origin = await serve((_request, response) => {
      response.write(bytes, () => response.destroy());
    });
    const error = await rejected(fetchComponent({ url: `${origin}/a.wasm`, digest }, { cache }));
    expect(error.code).toBe("ERR_SPIN_REGISTRY_UNREACHABLE");
  });

  test("the body is empty", async () => {
    const origin = await serve((_request, response) => response.end());
    const error = await rejected(fetchComponent({ url: `${origin}/a.wasm`, digest }, { cache }));
    expect(error.code).toBe("ERR_SPIN_REGISTRY_DIGEST");
  });

  test("nobody listens", async () => {
    const origin = await serve(component);
    await new Promise((done) => server?.close(done));
    server = undefined;
    const error = await rejected(fetchComponent({ url: `${origin}/a.wasm`, digest }, { cache }));
    expect(error.code).toBe("ERR_SPIN_REGISTRY_UNREACHABLE");
    expect(error.message).toMatch(/ECONNREFUSED/);
  });

  test("the server closes without a word", async () => {
    const origin = await serve((request) => request.socket.destroy());
    const error = await rejected(fetchComponent({ url: `${origin}/a.wasm`, digest }, { cache }));
    expect(error.code).toBe("ERR_SPIN_REGISTRY_UNREACHABLE");
  });

  test("it redirects in circles", async () => {
    const origin = await serve((_request, response) =>
      response.writeHead(302, { location: "/a.wasm" }).end(),
    );
    const error = await rejected(fetchComponent({ url: `${origin}/a.wasm`, digest }, { cache }));
    expect(error.code).toBe("ERR_SPIN_REGISTRY_UNREACHABLE");
    expect(requests.length).toBeLessThanOrEqual(21);
  });

  test("the caller gives up while the body comes", async () => {
    const controller = new AbortController();
    const origin = await serve((_request, response) => {
      response.write(bytes, () => controller.abort());
    });
    const error = await rejected(
      fetchComponent({ url: `${origin}/a.wasm`, digest }, { cache, signal: controller.signal }),
    );
    expect(error.code).toBe("ERR_SPIN_REGISTRY_UNREACHABLE");
  });

  test.each([
    "",
    "sha256:",
    "sha256:xyz",
    `sha256:${"A".repeat(64)}`,
    `md5:${"a".repeat(32)}`,
    "../../etc/passwd",
    `${digest}\n`,
  ])("%j is no digest, before anything is asked", async (wrong) => {
    const origin = await serve(component);
    const error = await rejected(fetchComponent({ url: `${origin}/a.wasm`, digest: wrong }, { cache }));
    expect(error.code).toBe("ERR_SPIN_REGISTRY_DIGEST_SYNTAX");
    expect(error.message).toMatch(/expected sha256: and 64/);
    expect(requests).toEqual([]);
  });

  test("its address holds a password, which no message repeats", async () => {
    const origin = await serve((_request, response) => response.writeHead(403).end());
    const withPassword = `${origin.replace("//", "//user:canary-value@")}/a.wasm?signature=canary-value`;
    const error = await rejected(fetchComponent({ url: withPassword, digest }, { cache }));
    expect(error).toMatchObject({ code: "ERR_SPIN_REGISTRY_URL", fault: "user" });
    expect(requests).toEqual([]);
    expect(inspect(error)).not.toContain("canary-value");
  });

  test("its address holds a signature, which no message repeats", async () => {
    const origin = await serve((_request, response) => response.writeHead(403).end());
    const error = await rejected(
      fetchComponent({ url: `${origin}/a.wasm?signature=canary-value`, digest }, { cache }),
    );
    expect(error.message).toContain(`${origin}/a.wasm`);
    expect(inspect(error)).not.toContain("canary-value");
  });

  test.each(["", "nonsense", "ftp://127.0.0.1/a.wasm", "file:///etc/passwd", "data:,x"])(
    "its address is %j",
    async (url) => {
      const error = await rejected(fetchComponent({ url, digest }, { cache }));
      expect(error.code).toBe("ERR_SPIN_REGISTRY_URL");
      expect(error.hint).toContain("https://");
    },
  );
});
