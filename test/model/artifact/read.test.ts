import { describe, expect, test } from "@jest/globals";
import {
  type ImageManifest,
  mediaTypes,
  readArtifact,
  readLockedApp,
  type SpinArtifact,
} from "../../../model/artifact/index.ts";
import { caught } from "../../support/caught.ts";

const digest = `sha256:${"1".repeat(64)}`;
const layer = (mediaType: string, hex = "1"): ImageManifest["config"] => ({
  mediaType,
  digest: `sha256:${hex.repeat(64)}`,
  size: 1,
});
const manifestOf = (...layers: ImageManifest["layers"]): ImageManifest => ({
  kind: "manifest",
  mediaType: mediaTypes.imageManifest,
  config: layer(mediaTypes.imageConfig),
  layers,
  annotations: {},
});

describe("readArtifact", () => {
  test("tells an application's parts apart", () => {
    const layers = [mediaTypes.spinWasm, mediaTypes.spinArchive, mediaTypes.spinApplication].map((it) =>
      layer(it),
    );
    expect(readArtifact(manifestOf(...layers))).toEqual({
      kind: "application",
      lockedApp: layers[2],
      archives: [layers[1]],
      content: [layers[0]],
    });
  });

  test("takes a component that wkg pushed", () => {
    const component = layer(mediaTypes.wasm);
    expect(readArtifact(manifestOf(component))).toEqual({ kind: "package", component });
  });

  test.each([[[]], [[layer("text/plain")]], [[layer(mediaTypes.wasm), layer(mediaTypes.wasm)]]])(
    "%j is no application",
    (layers) => {
      expect(caught(() => readArtifact(manifestOf(...layers))).code).toBe("ERR_SPIN_ARTIFACT_KIND");
    },
  );

  test("two locked applications are none", () => {
    const twice = [layer(mediaTypes.spinApplication), layer(mediaTypes.spinApplication, "2")];
    expect(caught(() => readArtifact(manifestOf(...twice))).message).toContain("2 of the type");
  });

  test("an index is refused, as Spin does", () => {
    const index = {
      kind: "index",
      mediaType: mediaTypes.imageIndex,
      manifests: [],
      annotations: {},
    } as const;
    expect(caught(() => readArtifact({ ...index, manifests: [] })).code).toBe("ERR_SPIN_ARTIFACT_MEDIA_TYPE");
  });
});

describe("readLockedApp", () => {
  const artifact: SpinArtifact & { kind: "application" } = {
    kind: "application",
    lockedApp: layer(mediaTypes.spinApplication, "2"),
    archives: [],
    content: [layer(mediaTypes.spinWasm)],
  };
  const app = {
    spin_lock_version: 1,
    metadata: {},
    triggers: [],
    components: [{ id: "a", source: { content_type: "application/wasm", digest } }],
  };
  const read = (value: unknown): unknown => readLockedApp(Buffer.from(JSON.stringify(value)), artifact);
  const withComponent = (component: object): object => ({
    ...app,
    components: [{ ...app.components[0], ...component }],
  });

  test("gives the application whose content is there", () => {
    expect(read(app)).toEqual(app);
  });

  test.each([
    [null, "spin_lock_version is missing"],
    [{ ...app, spin_lock_version: 2 }, "spin_lock_version is 2"],
    [{ ...app, metadata: 1 }, "metadata is no object"],
    [{ ...app, triggers: null }, "triggers is no list"],
    [{ ...app, components: {} }, "components is no list"],
    [{ ...app, components: [{}] }, "a component has no id"],
    [withComponent({ source: { digest: "x" } }), 'the source of "a" has no digest'],
    [withComponent({ files: {} }), 'files of "a" is no list'],
  ])("%j is malformed", (value, problem) => {
    const error = caught(() => read(value));
    expect(error.code).toBe("ERR_SPIN_ARTIFACT_APP");
    expect(error.message).toContain(problem);
  });

  test("bytes that are no JSON are malformed", () => {
    expect(caught(() => readLockedApp(Buffer.from([0xff]), artifact)).code).toBe("ERR_SPIN_ARTIFACT_APP");
  });

  test.each(["../../etc/passwd", "/etc/passwd", "a\\..\\b", 1])("a file at %j is refused", (path) => {
    const error = caught(() => read(withComponent({ files: [{ digest, path }] })));
    expect(error.code).toBe("ERR_SPIN_ARTIFACT_PATH");
  });

  test("content that is no layer is refused", () => {
    const files = [{ digest: `sha256:${"3".repeat(64)}`, path: "a.txt" }];
    const error = caught(() => read(withComponent({ files })));
    expect(error.code).toBe("ERR_SPIN_ARTIFACT_CONTENT");
    expect(error.message).toContain('The file "a.txt" of the component "a"');
  });
});
