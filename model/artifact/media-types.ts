/** What Spin 1 to 4 and the containerd shim read and write (spin crates/oci/src/client.rs), and the types of OCI itself. */
export const mediaTypes = {
  imageManifest: "application/vnd.oci.image.manifest.v1+json",
  imageIndex: "application/vnd.oci.image.index.v1+json",
  dockerManifest: "application/vnd.docker.distribution.manifest.v2+json",
  dockerManifestList: "application/vnd.docker.distribution.manifest.list.v2+json",
  imageConfig: "application/vnd.oci.image.config.v1+json",
  /** The locked application. */
  spinApplication: "application/vnd.fermyon.spin.application.v1+config",
  spinWasm: "application/vnd.wasm.content.layer.v1+wasm",
  /** One file. */
  spinData: "application/vnd.wasm.content.layer.v1+data",
  /** All files of one component. */
  spinArchive: "application/vnd.wasm.content.bundle.v1.tar+gzip",
  /** A component that `wkg` pushed as a package of its own. */
  wasm: "application/wasm",
  /** `{}`, where a manifest must have a config or a layer and has none (image-spec manifest.md). */
  empty: "application/vnd.oci.empty.v1+json",
} as const;

/** What is asked for in `Accept`: registries answer 404 when they hold a manifest of another type. */
export const manifestTypes: readonly string[] = [
  mediaTypes.imageManifest,
  mediaTypes.imageIndex,
  mediaTypes.dockerManifest,
  mediaTypes.dockerManifestList,
];
