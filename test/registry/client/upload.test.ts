import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { Readable } from "node:stream";
import { descriptorOf } from "../../../model/artifact/index.ts";
import { digestOf } from "../../../model/digest.ts";
import { startCuttingProxy } from "../../support/cutting-proxy.ts";
import { FakeRegistry, fail } from "../../support/fake-registry.ts";
import { rejected } from "../../support/caught.ts";
import { repositoryOf, sourceOf } from "../../support/registry-client.ts";

const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * 7) % 256));
const blob = descriptorOf("application/octet-stream", bytes);

let registry: FakeRegistry;
beforeEach(async () => (registry = await new FakeRegistry().start()));
afterEach(() => registry.stop());

/** What the registry has, by digest: comparing bytes one by one takes long. */
const stored = (): string => digestOf(registry.blobs.get(blob.digest) ?? "");

describe("pushBlob", () => {
  test("sends the whole at once", async () => {
    expect(await repositoryOf(registry.host).pushBlob(blob, sourceOf(bytes))).toBe("uploaded");
    expect(stored()).toBe(blob.digest);
    expect(registry.kinds).toEqual(["HEAD blobs", "POST blobs/uploads", "PUT blobs/uploads"]);
    // The location had a query of its own.
    expect(registry.seen[2]?.url).toContain("?state=x&digest=sha256%3A");
  });

  test("sends nothing that is there", async () => {
    registry.blobs.set(blob.digest, bytes);
    expect(await repositoryOf(registry.host).pushBlob(blob, sourceOf(bytes))).toBe("exists");
    expect(registry.kinds).toEqual(["HEAD blobs"]);
  });

  test("mounts what another repository has, and uploads where the registry does not mount", async () => {
    registry.behaviour.hook = ({ method }, response) => {
      if (method !== "HEAD") return false;
      fail(response, 404, "BLOB_UNKNOWN");
      return true;
    };
    registry.blobs.set(blob.digest, bytes);
    const options = { mountFrom: "acme/base" };
    const repository = repositoryOf(registry.host);
    expect(await repository.pushBlob(blob, sourceOf(bytes), options)).toBe("mounted");
    expect(registry.seen.at(-1)?.url).toContain("from=acme%2Fbase");
    registry.behaviour.mounts = false;
    expect(await repository.pushBlob(blob, sourceOf(bytes), options)).toBe("uploaded");
  });

  test("sends in parts where that is wanted, none smaller than the registry takes", async () => {
    await repositoryOf(registry.host, { chunkBytes: 128 * 1024 }).pushBlob(blob, sourceOf(bytes));
    expect(stored()).toBe(blob.digest);
    expect(registry.kinds.slice(2)).toEqual([
      ...Array<string>(3).fill("PATCH blobs/uploads"),
      "PUT blobs/uploads",
    ]);
    expect(registry.seen.map(({ headers }) => headers["content-range"]).filter(Boolean)).toEqual([
      "0-131071",
      "131072-262143",
      "262144-299999",
    ]);
  });

  test("goes over to parts when the whole is too large for a proxy", async () => {
    registry.behaviour.hook = ({ method, headers }, response) => {
      if (method !== "PUT" || headers["content-length"] === "0") return false;
      fail(response, 413, "TOO_LARGE");
      return true;
    };
    const large = Buffer.alloc(9_000_000, 1);
    const descriptor = descriptorOf("x", large);
    expect(await repositoryOf(registry.host).pushBlob(descriptor, sourceOf(large))).toBe("uploaded");
    expect(
      registry.seen.filter(({ method }) => method === "PATCH").map(({ sizeBytes }) => sizeBytes),
    ).toEqual([8_388_608, 611_392]);
  });

  test("takes a blob without a byte", async () => {
    const empty = descriptorOf("x", Buffer.alloc(0));
    for (const chunkBytes of [undefined, 1024]) {
      registry.blobs.clear();
      const options = chunkBytes === undefined ? {} : { chunkBytes };
      await repositoryOf(registry.host, options).pushBlob(empty, sourceOf(Buffer.alloc(0)));
      expect(registry.blobs.get(empty.digest)).toEqual(Buffer.alloc(0));
    }
  });

  test("resumes after 416 from where the registry is", async () => {
    let isConfused = true;
    registry.behaviour.hook = ({ method }, response, { uploads }) => {
      const [upload] = uploads.values();
      if (method !== "PATCH" || !isConfused || upload?.bytes.length === 0) return false;
      isConfused = false;
      upload!.bytes = upload!.bytes.subarray(0, 100_000);
      response.writeHead(416).end();
      return true;
    };
    await repositoryOf(registry.host, { chunkBytes: 131_072 }).pushBlob(blob, sourceOf(bytes));
    expect(stored()).toBe(blob.digest);
    expect(isConfused).toBe(false);
  });

  test("goes on from what has arrived when the line breaks", async () => {
    const proxy = await startCuttingProxy(registry.host);
    proxy.cut = { direction: "up", afterBytes: 200_000, times: 1 };
    expect(await repositoryOf(proxy.host).pushBlob(blob, sourceOf(bytes))).toBe("uploaded");
    await proxy.stop();
    expect(stored()).toBe(blob.digest);
    const [range = ""] = registry.seen.flatMap(({ headers }) => headers["content-range"] ?? []);
    expect(Number(range.split("-")[0])).toBeGreaterThan(100_000);
  });

  test("begins anew when the registry has forgotten the upload", async () => {
    let isForgetful = true;
    registry.behaviour.hook = ({ method, socket }, _response, { uploads }) => {
      if (method !== "PUT" || !isForgetful) return false;
      isForgetful = false;
      uploads.clear();
      socket.destroy();
      return true;
    };
    expect(await repositoryOf(registry.host).pushBlob(blob, sourceOf(bytes))).toBe("uploaded");
    expect(stored()).toBe(blob.digest);
  });

  test("knows that it is done when only the last answer was lost", async () => {
    registry.behaviour.hook = ({ method, socket }, _response, { blobs, uploads }) => {
      if (method !== "PUT") return false;
      blobs.set(blob.digest, bytes);
      uploads.clear();
      socket.destroy();
      return true;
    };
    expect(await repositoryOf(registry.host).pushBlob(blob, sourceOf(bytes))).toBe("uploaded");
    expect(registry.kinds.filter((kind) => kind === "PUT blobs/uploads")).toHaveLength(1);
  });

  test("says that the bytes are not those of the digest", async () => {
    const error = await rejected(
      repositoryOf(registry.host).pushBlob(blob, sourceOf(Buffer.alloc(bytes.length))),
    );
    expect(error.code).toBe("ERR_SPIN_REGISTRY_DIGEST");
    expect(error.message).toContain("DIGEST_INVALID");
  });

  test("opens a stream again for each attempt", async () => {
    let refusals = 2;
    registry.behaviour.hook = ({ method }, response) => {
      if (method !== "PUT" || refusals-- <= 0) return false;
      fail(response, 503, "UNAVAILABLE");
      return true;
    };
    const source = {
      open: (start: number, end: number) =>
        Readable.from([bytes.subarray(start, end)], { objectMode: false }),
    };
    await repositoryOf(registry.host).pushBlob(blob, source);
    expect(stored()).toBe(blob.digest);
  });

  test("reports how far it is", async () => {
    const steps: number[] = [];
    const onProgress = (doneBytes: number): number => steps.push(doneBytes);
    await repositoryOf(registry.host, { chunkBytes: 100_000 }).pushBlob(blob, sourceOf(bytes), {
      onProgress,
    });
    expect(steps).toEqual([100_000, 200_000, 300_000]);
  });

  test("does not follow an upload to a place without an address", async () => {
    registry.behaviour.hook = ({ method }, response) => {
      if (method !== "POST") return false;
      response.writeHead(202).end();
      return true;
    };
    const error = await rejected(repositoryOf(registry.host).pushBlob(blob, sourceOf(bytes)));
    expect(error.code).toBe("ERR_SPIN_REGISTRY_PROTOCOL");
  });
});
