import { describe, expect, test } from "@jest/globals";
import {
  manifestLimitBytes,
  mediaTypes,
  parseImageManifest,
  writeImageIndex,
  writeImageManifest,
} from "../../../model/artifact/index.ts";
import { digestOf } from "../../../model/digest.ts";
import { caught } from "../../support/caught.ts";

const layer = { mediaType: mediaTypes.spinWasm, digest: `sha256:${"1".repeat(64)}`, size: 3 };
const config = { mediaType: mediaTypes.imageConfig, digest: `sha256:${"2".repeat(64)}`, size: 4 };
const encode = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
const manifest = { schemaVersion: 2, mediaType: mediaTypes.imageManifest, config, layers: [layer] };

describe("writeImageManifest", () => {
  test("writes members in the order of OCI's tools, annotations sorted, and reads back", () => {
    const written = writeImageManifest({
      artifactType: "text/x",
      annotations: { b: "2", a: "1" },
      layers: [{ size: 3, digest: layer.digest, mediaType: layer.mediaType, annotations: { z: "", y: "" } }],
      subject: config,
      config,
    });
    const text = new TextDecoder().decode(written.bytes);
    expect(text.match(/"(\w+)":/g)?.join(" ")).toBe(
      `"schemaVersion": "mediaType": "artifactType": "config": "mediaType": "digest": "size": "layers": "mediaType": ` +
        `"digest": "size": "annotations": "y": "z": "subject": "mediaType": "digest": "size": "annotations": "a": "b":`,
    );
    expect(written.digest).toBe(digestOf(written.bytes));
    expect(parseImageManifest(written.bytes, mediaTypes.imageManifest)).toMatchObject({
      kind: "manifest",
      artifactType: "text/x",
      layers: [{ ...layer, annotations: { y: "", z: "" } }],
      subject: config,
      annotations: { a: "1", b: "2" },
    });
  });
});

describe("parseImageManifest", () => {
  test("takes a manifest of Spin, which does not say its media type", () => {
    const { mediaType: _left, ...silent } = manifest;
    expect(parseImageManifest(encode(silent))).toMatchObject({ kind: "manifest", layers: [layer] });
  });

  test("takes an index", () => {
    const { bytes } = writeImageIndex([{ ...layer, mediaType: mediaTypes.imageManifest }]);
    expect(parseImageManifest(bytes)).toMatchObject({ kind: "index", manifests: [{ size: 3 }] });
  });

  test.each([
    ["text", "no JSON"],
    ["[]", "it is no object"],
    ['{"schemaVersion":2}', "config is no object"],
    [JSON.stringify({ ...manifest, layers: {} }), "layers is no list"],
    [
      JSON.stringify({ ...manifest, layers: [{ ...layer, digest: "sha256:../../etc" }] }),
      "layers[0].digest is no",
    ],
    [JSON.stringify({ ...manifest, layers: [{ ...layer, size: -1 }] }), "layers[0].size is no size"],
    [JSON.stringify({ ...manifest, layers: [{ ...layer, size: 1e300 }] }), "layers[0].size is no size"],
    [JSON.stringify({ ...manifest, layers: [{ ...layer, mediaType: 1 }] }), "layers[0].mediaType is no text"],
    [JSON.stringify({ ...manifest, annotations: { a: 1 } }), "annotations has a value that is no text"],
    [JSON.stringify({ ...manifest, manifests: [] }), "both kinds"],
    [JSON.stringify({ ...manifest, layers: Array.from({ length: 10_001 }, () => layer) }), "more than 10000"],
    ["[".repeat(200_000), "no JSON"],
    ["\u{fffd}".repeat(manifestLimitBytes / 3 + 1), `larger than ${manifestLimitBytes} bytes`],
  ])("%.60s is malformed", (text, problem) => {
    const error = caught(() => parseImageManifest(new TextEncoder().encode(text)));
    expect(error.code).toBe("ERR_SPIN_ARTIFACT_MANIFEST");
    expect(error.message).toContain(problem);
  });

  test("does not decide between two types that contradict each other", () => {
    const error = caught(() => parseImageManifest(encode(manifest), mediaTypes.imageIndex));
    expect(error.code).toBe("ERR_SPIN_ARTIFACT_MEDIA_TYPE");
  });

  test("names a type that is none of OCI's", () => {
    const error = caught(() => parseImageManifest(encode({ mediaType: "text/html" })));
    expect(error).toMatchObject({ code: "ERR_SPIN_ARTIFACT_MEDIA_TYPE" });
    expect(error.message).toContain("text/html");
  });
});
