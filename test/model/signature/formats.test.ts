/** What is signed and how it is wrapped: what cosign wrote, and what nobody should have written. */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  claimOf,
  preAuthEncoding,
  readBundle,
  readSimpleSigning,
  readStatement,
  signedPredicate,
  writeSimpleSigning,
  writeStatement,
} from "../../../model/signature/index.ts";
import { isSpinError } from "../../../model/errors/index.ts";
import { caught } from "../../support/caught.ts";

const digest = `sha256:${"ab".repeat(32)}`;
const statement = writeStatement({ digest, predicateType: signedPredicate, predicate: {} });

test("a statement is read as it was written, and says which digest it is about", () => {
  expect(readStatement(statement)).toEqual({
    subjects: [digest],
    predicateType: signedPredicate,
    predicate: {},
  });
});

test("the envelope is that of the DSSE specification's example", () => {
  const encoded = preAuthEncoding("http://example.com/HelloWorld", Buffer.from("hello world"));
  expect(encoded.toString()).toBe("DSSEv1 29 http://example.com/HelloWorld 11 hello world");
});

test("a payload of cosign 2 is written byte for byte as cosign does", () => {
  expect(writeSimpleSigning("127.0.0.1:5901/acme/shop", digest).toString()).toBe(
    `{"critical":{"identity":{"docker-reference":"127.0.0.1:5901/acme/shop"},"image":{"docker-manifest-digest":"${digest}"},"type":"cosign container image signature"},"optional":null}`,
  );
  expect(readSimpleSigning(writeSimpleSigning("x/y", digest))).toBe(digest);
});

function bundle(change: object = {}): Buffer {
  return Buffer.from(
    JSON.stringify({
      mediaType: "application/vnd.dev.sigstore.bundle.v0.3+json",
      verificationMaterial: { publicKey: { hint: Buffer.alloc(32, 1).toString("base64") } },
      dsseEnvelope: {
        payload: statement.toString("base64"),
        payloadType: "application/vnd.in-toto+json",
        signatures: [{ sig: "AAAA" }],
      },
      ...change,
    }),
  );
}

describe("a bundle", () => {
  test("is read, and says whose it claims to be", () => {
    const read = readBundle(bundle());
    expect(read).toMatchObject({ isByKey: true, statement: { subjects: [digest] } });
    expect(claimOf(read)).toEqual({ kind: "key", fingerprint: `sha256:${"01".repeat(32)}` });
  });

  test.each([
    ["no JSON", Buffer.from("{")],
    ["of another type", bundle({ mediaType: "application/json" })],
    ["without an envelope", bundle({ dsseEnvelope: undefined })],
    ["with an empty envelope", bundle({ dsseEnvelope: {} })],
    [
      "with another payload",
      bundle({ dsseEnvelope: { payload: "AA==", payloadType: "text/x", signatures: [] } }),
    ],
    [
      "with a payload that is no statement",
      bundle({
        dsseEnvelope: { payload: "e30=", payloadType: "application/vnd.in-toto+json", signatures: [] },
      }),
    ],
  ])("that is %s is refused", (_what, bytes) => {
    expect(caught(() => readBundle(bytes)).code).toBe("ERR_SPIN_SIGNATURE_FORMAT");
  });
});

test("whatever JSON comes, it is read or refused with a code", () => {
  const readers = [readBundle, readStatement, readSimpleSigning];
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (value, part) => {
      const variants = [
        value,
        { dsseEnvelope: part, mediaType: "application/vnd.dev.sigstore.bundle.v0.3+json" },
      ];
      for (const read of readers) {
        for (const variant of variants) {
          try {
            read(Buffer.from(JSON.stringify(variant)));
          } catch (error) {
            expect(isSpinError(error) && error.code).toBe("ERR_SPIN_SIGNATURE_FORMAT");
          }
        }
      }
    }),
  );
});
