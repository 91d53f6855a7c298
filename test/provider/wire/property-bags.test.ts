import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { unknown } from "../../../provider/definition/unknown.ts";
import { decode, decodeWithSecrets } from "../../../provider/wire/decode.ts";
import { encode } from "../../../provider/wire/encode.ts";

// pulumi/pulumi sdk/go/common/resource/plugin/rpc.go
const sentinels = {
  string: "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  bool: "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  number: "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  array: "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  asset: "030794c1-ac77-496b-92df-f27374a8bd58",
  archive: "e48ece36-62e2-4504-bad9-02848725956a",
  object: "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
};
const signature = "4dabf18193072939515e22adb298388d";
const secret = (value: unknown) => ({ [signature]: "1b47061264138c4ac30d75fd1eb44270", value });

describe("decode", () => {
  test.each(Object.entries(sentinels))(
    "knows the sentinel of an unknown %s, wherever it stands",
    (_, sentinel) => {
      expect(decode({ a: sentinel, b: [{ c: sentinel }] })).toEqual({ a: unknown, b: [{ c: unknown }] });
    },
  );

  test("unwraps secrets, also inside values and around unknowns and other secrets", () => {
    const bag = { a: secret("x"), b: [secret({ c: secret(1) })], d: secret(sentinels.string) };
    expect(decode(bag)).toEqual({ a: "x", b: [{ c: 1 }], d: unknown });
  });

  test("drops what belongs to the protocol, at the top alone", () => {
    const bag = { __provider: "text", __preview: true, __defaults: [], a: { __kept: 1 } };
    expect(decode(bag)).toEqual({ a: { __kept: 1 } });
  });
});

describe("decodeWithSecrets", () => {
  const output = (value: object) => ({ [signature]: "d0e6a833031e9bbcd3f4e8bde6ca49a4", ...value });

  test("says where the secrets stood, of output values too", () => {
    const bag = {
      a: secret("x"),
      b: [{ c: secret("y") }, output({ value: "z", secret: true })],
      d: output({ secret: true }),
      e: output({ value: { f: secret(1) } }),
    };
    expect(decodeWithSecrets(bag)).toEqual({
      properties: { a: "x", b: [{ c: "y" }, "z"], d: unknown, e: { f: 1 } },
      secrets: [["a"], ["b", 0, "c"], ["b", 1], ["d"], ["e", "f"]],
    });
  });

  test("takes a resource for its id, which is not known before it is there", () => {
    const resource = (id: string) => ({ [signature]: "5cf8f73096256a8f31e491e813e4eb8e", urn: "u", id });
    expect(decode({ a: resource("shop"), b: resource("") })).toEqual({ a: "shop", b: unknown });
  });

  test.each(["c44067f5952c0a294b673a41bacd8c17", "0def7320c3a5731c473e5ecbe6d01bc7"])(
    "refuses an asset or archive, with its place (%s)",
    (kind) => {
      const bag = { source: [{ [signature]: kind, text: "canary" }] };
      expect(() => decode(bag)).toThrow(
        expect.objectContaining({ code: "ERR_SPIN_INPUT_ASSET", path: "source[0]" }),
      );
    },
  );
});

describe("encode", () => {
  test("sends unknowns in a preview, and leaves their properties out otherwise", () => {
    const bag = { a: unknown, b: [{ c: unknown }], d: 1 };
    expect(encode(bag, { preview: true })).toEqual({
      a: sentinels.string,
      b: [{ c: sentinels.string }],
      d: 1,
    });
    expect(encode(bag)).toEqual({ d: 1 });
  });

  test("leaves out undefined members, and keeps places in lists", () => {
    const encoded = encode({ a: undefined, b: { c: undefined, d: [undefined, 1] } });
    expect(Object.keys(encoded)).toEqual(["b"]);
    expect(encoded).toStrictEqual({ b: { d: [null, 1] } });
  });

  test("wraps the values at the secret paths, and nothing for a path that is not there", () => {
    const secrets = [
      ["variables", "token"],
      ["variables", "gone"],
      ["nowhere", "deep", 1],
    ];
    const bag = { variables: { token: "sesame", greeting: "hi" } };
    expect(encode(bag, { secrets })).toEqual({ variables: { token: secret("sesame"), greeting: "hi" } });
    expect(bag.variables.token).toBe("sesame");
  });

  test("wraps nothing inside what is a secret already, and nothing twice", () => {
    const bag = { a: { b: { c: 1 } } };
    expect(encode(bag, { secrets: [["a"], ["a", "b"], ["a"]] })).toEqual({ a: secret({ b: { c: 1 } }) });
    expect(
      encode(bag, {
        secrets: [
          ["a", "b", "c"],
          ["a", "b", "c", "d"],
        ],
      }),
    ).toEqual({
      a: { b: { c: secret(1) } },
    });
  });

  test("is undone by decode, for every JSON value", () => {
    const key = fc.string().filter((text) => !text.startsWith("__"));
    fc.assert(
      fc.property(fc.dictionary(key, fc.jsonValue()), (bag) => {
        const plain = JSON.parse(JSON.stringify(bag)) as typeof bag;
        expect(decode(encode(plain))).toEqual(plain);
      }),
    );
  });
});
