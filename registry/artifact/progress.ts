import type { Descriptor } from "../../model/artifact/index.ts";

/** What happens to one blob, for whoever shows it. */
export interface BlobProgress {
  descriptor: Descriptor;
  state: "started" | "moving" | "exists" | "mounted" | "done";
  doneBytes: number;
}

export type OnProgress = (progress: BlobProgress) => void;

/** As many transfers at once as registries like. */
export const defaultConcurrency = 5;
