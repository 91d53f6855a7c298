import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { descriptorOf } from "../../../model/artifact/index.ts";
import { digestOf } from "../../../model/digest.ts";
import { FakeRegistry } from "../../support/fake-registry.ts";
import { rejected } from "../../support/caught.ts";
import { collected, repositoryOf } from "../../support/registry-client.ts";

const bytes = Buffer.from(Array.from({ length: 500_000 }, (_, index) => (index * 31) % 256));
const blob = descriptorOf("application/octet-stream", bytes);

let registry: FakeRegistry;
beforeEach(async () => {
  registry = await new FakeRegistry().start();
  registry.blobs.set(blob.digest, bytes);
});
afterEach(() => registry.stop());

/** Sends so much of each blob and cuts the line; `isHonest` says how long it would have been. */
function cutAfter(sizeBytes: number, { isHonest = true, times = Number.POSITIVE_INFINITY } = {}): void {
  let left = times;
  registry.behaviour.hook = (request, response) => {
    if (request.method !== "GET" || !request.url?.includes("/blobs/") || left-- <= 0) return false;
    const start = Number(/^bytes=(\d+)-/.exec(request.headers.range ?? "")?.[1] ?? 0);
    const part = bytes.subarray(start, start + sizeBytes);
    response.writeHead(start === 0 ? 200 : 206, {
      ...(start === 0 ? {} : { "content-range": `bytes ${start}-${bytes.length - 1}/${bytes.length}` }),
      ...(isHonest ? { "content-length": bytes.length - start } : {}),
    });
    if (part.length === bytes.length - start) response.end(part);
    else if (isHonest) response.write(part, () => request.socket.destroy());
    else response.end(part);
    return true;
  };
}

describe("blobStream", () => {
  test("gives the bytes", async () => {
    expect(digestOf(await collected(repositoryOf(registry.host).blobStream(blob)))).toBe(blob.digest);
  });

  test("goes on by range as often as the line is cut, as long as something comes", async () => {
    cutAfter(64 * 1024);
    expect(digestOf(await collected(repositoryOf(registry.host).verifiedBlob(blob)))).toBe(blob.digest);
    expect(registry.seen.map(({ headers }) => headers.range).slice(0, 3)).toEqual([
      undefined,
      "bytes=65536-",
      "bytes=131072-",
    ]);
  });

  test("goes on where an answer ends early without a length", async () => {
    cutAfter(100_000, { isHonest: false, times: 3 });
    expect(digestOf(await collected(repositoryOf(registry.host).verifiedBlob(blob)))).toBe(blob.digest);
  });

  test("drops what it has where the registry serves no ranges", async () => {
    registry.behaviour.ranges = false;
    let isCut = false;
    registry.behaviour.hook = (request, response) => {
      if (isCut) return false;
      isCut = true;
      response.writeHead(200, { "content-length": bytes.length });
      response.write(bytes.subarray(0, 200_000), () => request.socket.destroy());
      return true;
    };
    expect(digestOf(await collected(repositoryOf(registry.host).verifiedBlob(blob)))).toBe(blob.digest);
  });

  test("gives up where nothing more comes, and says how much came", async () => {
    cutAfter(0, { isHonest: false });
    const error = await rejected(collected(repositoryOf(registry.host).blobStream(blob)));
    expect(error.code).toBe("ERR_SPIN_REGISTRY_SIZE");
    expect(error.message).toContain(`0 of the ${bytes.length} bytes`);
    expect(registry.seen).toHaveLength(5);
  });

  test.each([
    ["announced", { "content-length": "500001" }, Buffer.alloc(500_001)],
    ["sent", {}, Buffer.alloc(2_000_000)],
  ])("stops when more is %s than the manifest says", async (_, headers, body) => {
    registry.behaviour.hook = (_request, response) => {
      response.writeHead(200, headers).end(body);
      return true;
    };
    const error = await rejected(collected(repositoryOf(registry.host).blobStream(blob)));
    expect(error.code).toBe("ERR_SPIN_REGISTRY_SIZE");
    expect(registry.seen).toHaveLength(1);
  });

  test("refuses another range than the one it asked for", async () => {
    cutAfter(100_000, { times: 1 });
    const cut = registry.behaviour.hook;
    registry.behaviour.hook = (request, response, it) => {
      if (cut?.(request, response, it) === true) return true;
      response.writeHead(206, {
        "content-range": `bytes 0-399999/${bytes.length}`,
        "content-length": 400_000,
      });
      response.end(bytes.subarray(0, 400_000));
      return true;
    };
    const error = await rejected(collected(repositoryOf(registry.host).blobStream(blob)));
    expect(error.code).toBe("ERR_SPIN_REGISTRY_PROTOCOL");
  });
});

describe("verifiedBlob", () => {
  test("holds the last part back when the digest is wrong", async () => {
    registry.blobs.set(blob.digest, Buffer.alloc(bytes.length, 9));
    const got: Buffer[] = [];
    const error = await rejected(
      (async () => {
        for await (const chunk of repositoryOf(registry.host).verifiedBlob(blob)) got.push(chunk);
      })(),
    );
    expect(error.code).toBe("ERR_SPIN_REGISTRY_DIGEST");
    expect(Buffer.concat(got).length).toBeLessThan(bytes.length);
  });
});

describe("blobBytes", () => {
  test("gives verified bytes, and none of another digest", async () => {
    expect(digestOf(await repositoryOf(registry.host).blobBytes(blob, 1_000_000))).toBe(blob.digest);
    registry.blobs.set(blob.digest, Buffer.alloc(bytes.length, 9));
    const error = await rejected(repositoryOf(registry.host).blobBytes(blob, 1_000_000));
    expect(error.code).toBe("ERR_SPIN_REGISTRY_DIGEST");
  });

  test("asks for nothing that is larger than it may be", async () => {
    const error = await rejected(repositoryOf(registry.host).blobBytes(blob, 1000));
    expect(error.code).toBe("ERR_SPIN_REGISTRY_SIZE");
    expect(registry.seen).toHaveLength(0);
  });
});

describe("blobRange", () => {
  test("gives a part, cut at the end of the blob", async () => {
    const repository = repositoryOf(registry.host);
    expect(await repository.blobRange(blob, 1000, 10)).toEqual(bytes.subarray(1000, 1010));
    expect(await repository.blobRange(blob, bytes.length - 5, 100)).toEqual(bytes.subarray(-5));
  });

  test("is undefined where the registry serves no ranges", async () => {
    registry.behaviour.ranges = false;
    expect(await repositoryOf(registry.host).blobRange(blob, 1000, 10)).toBeUndefined();
  });
});

test("a blob that is not there is an error with its address", async () => {
  const missing = { ...blob, digest: digestOf("missing") };
  const error = await rejected(collected(repositoryOf(registry.host).blobStream(missing)));
  expect(error.code).toBe("ERR_SPIN_REGISTRY_NOT_FOUND");
  expect(error.message).toContain(`/v2/acme/shop/blobs/${missing.digest}`);
});
