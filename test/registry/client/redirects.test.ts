import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { descriptorOf } from "../../../model/artifact/index.ts";
import { baseUrl, targetUrl } from "../../../registry/client/address.ts";
import { caught, rejected } from "../../support/caught.ts";
import { FakeRegistry, fail } from "../../support/fake-registry.ts";
import { collected, repositoryOf, sourceOf } from "../../support/registry-client.ts";

const bytes = Buffer.from("some bytes");
const blob = descriptorOf("x", bytes);
const credential = async () => ({ kind: "basic", username: "me", password: "s3cret" }) as const;

let registry: FakeRegistry;
let storage: FakeRegistry;
beforeEach(async () => {
  [registry, storage] = await Promise.all([new FakeRegistry().start(), new FakeRegistry().start()]);
});
afterEach(() => Promise.all([registry.stop(), storage.stop()]));

const authorizations = (it: FakeRegistry): (string | undefined)[] =>
  it.seen.map(({ headers }) => headers.authorization);

function challenge(then: FakeRegistry["behaviour"]["hook"]): void {
  registry.behaviour.hook = (request, response, it) => {
    if (request.headers.authorization !== undefined) return then?.(request, response, it);
    fail(response, 401, "UNAUTHORIZED", { "www-authenticate": 'Basic realm="x"' });
    return true;
  };
}

describe("credentials", () => {
  test("do not go along when a blob lies elsewhere", async () => {
    storage.blobs.set(blob.digest, bytes);
    challenge(({ url }, response) => {
      response.writeHead(307, { location: `http://${storage.host}${url}` }).end();
      return true;
    });
    const repository = repositoryOf(registry.host, { credential });
    expect(await collected(repository.blobStream(blob))).toEqual(bytes);
    expect(authorizations(registry)).toEqual([undefined, "Basic bWU6czNjcmV0"]);
    expect(authorizations(storage)).toEqual([undefined]);
  });

  test("do not go along when an upload goes elsewhere", async () => {
    challenge(({ method, url }, response) => {
      if (method !== "POST") return false;
      storage.uploads.set("u1", { bytes: Buffer.alloc(0) });
      response.writeHead(202, { location: `http://${storage.host}${url}u1` }).end();
      return true;
    });
    await repositoryOf(registry.host, { credential }).pushBlob(blob, sourceOf(bytes));
    expect(authorizations(storage)).toEqual([undefined]);
    expect(storage.blobs.get(blob.digest)).toEqual(bytes);
  });

  test("are not given to another host that asks for them", async () => {
    storage.behaviour.hook = (_request, response) => {
      fail(response, 401, "UNAUTHORIZED", { "www-authenticate": 'Basic realm="x"' });
      return true;
    };
    challenge(({ url }, response) => {
      response.writeHead(307, { location: `http://${storage.host}${url}` }).end();
      return true;
    });
    const error = await rejected(collected(repositoryOf(registry.host, { credential }).blobStream(blob)));
    expect(error.code).toBe("ERR_SPIN_REGISTRY_UNAUTHORIZED");
    expect(authorizations(storage)).toEqual([undefined]);
  });
});

describe("redirects", () => {
  test("in a circle end", async () => {
    registry.behaviour.hook = ({ url }, response) => {
      response.writeHead(302, { location: url }).end();
      return true;
    };
    const error = await rejected(repositoryOf(registry.host).hasBlob(blob.digest));
    expect(error.code).toBe("ERR_SPIN_REGISTRY_REDIRECT");
  });

  test("to nowhere are no answer", async () => {
    registry.behaviour.hook = (_request, response) => {
      response.writeHead(302).end();
      return true;
    };
    const error = await rejected(repositoryOf(registry.host).hasBlob(blob.digest));
    expect(error.code).toBe("ERR_SPIN_REGISTRY_PROTOCOL");
  });
});

describe("targetUrl", () => {
  const from = new URL("https://ghcr.io:8443/v2/a/blobs/uploads/");

  test.each([
    ["/v2/a/b?x=1", "https://ghcr.io:8443/v2/a/b?x=1"],
    ["https://storage.example.com/b?sig=1", "https://storage.example.com/b?sig=1"],
    // A registry behind a proxy that does not know about TLS.
    ["http://ghcr.io/v2/a", "https://ghcr.io:8443/v2/a"],
    ["https://user:secret@other.io/#x", "https://other.io/"],
  ])("%s", (location, expected) => {
    expect(targetUrl(location, from).href).toBe(expected);
  });

  test.each(["http://elsewhere.io/x", "file:///etc/passwd", "data:,x", "http://"])(
    "%s is refused",
    (location) => {
      expect(caught(() => targetUrl(location, from)).code).toBe("ERR_SPIN_REGISTRY_REDIRECT");
    },
  );
});

test.each([
  ["ghcr.io", undefined, "https://ghcr.io/v2/"],
  ["docker.io", undefined, "https://registry-1.docker.io/v2/"],
  ["localhost:5000", undefined, "http://localhost:5000/v2/"],
  ["127.0.0.1:5000", undefined, "http://127.0.0.1:5000/v2/"],
  ["[::1]:5000", undefined, "http://[::1]:5000/v2/"],
  ["localhost.example.com", undefined, "https://localhost.example.com/v2/"],
  ["127.0.0.1.example.com", undefined, "https://127.0.0.1.example.com/v2/"],
  ["localhost:5000", false, "https://localhost:5000/v2/"],
  ["registry.local:5000", true, "http://registry.local:5000/v2/"],
])("the API of %s, insecure: %s, is at %s", (name, insecure, expected) => {
  expect(baseUrl(name, insecure).href).toBe(expected);
});
