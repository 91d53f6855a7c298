export { composeIntoCache } from "./composed.ts";
export { copyArtifact } from "./copy.ts";
export { inspectArtifact } from "./inspect.ts";
export { planLocalApp } from "./local-app.ts";
export type { BlobProgress, OnProgress } from "./progress.ts";
export { pullArtifact } from "./pull.ts";
export { pushArtifact } from "./push.ts";
