import type { RemoteComponent } from "../../registry/fetch-component.ts";

/** The inputs of a `Component` that decide its binary. Paths are relative to the Pulumi project. */
export interface BuildInputs {
  componentId: string;
  /** The .wasm file, or where it is fetched from. */
  source: string | RemoteComponent;
  build?: {
    /** Program and arguments. */
    command: string[];
    workdir?: string;
    /** Globs relative to `workdir`. */
    watch: string[];
  };
}
