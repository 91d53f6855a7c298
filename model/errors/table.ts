import { artifactErrors } from "./codes/artifact.ts";
import { capabilityErrors } from "./codes/capability.ts";
import { kubernetesErrors } from "./codes/kubernetes.ts";
import { composeErrors } from "./codes/compose.ts";
import { manifestErrors } from "./codes/manifest.ts";
import { providerErrors } from "./codes/provider.ts";
import { registryErrors } from "./codes/registry.ts";
import { runtimeErrors } from "./codes/runtime.ts";
import { runtimeConfigErrors } from "./codes/runtime-config.ts";
import { signatureErrors } from "./codes/signature.ts";
import { wasmErrors } from "./codes/wasm.ts";

/** Whose move it is: the user's, a remote system's, or ours. */
export type Fault = "user" | "remote" | "bug";

export interface ErrorEntry {
  fault: Fault;
  /** One sentence for docs/errors.md: when this happens. */
  summary: string;
  /** The next step, for the person who reads the message. */
  hint: string;
}

/** Every code there is; docs/errors.md is generated from it. */
export const table = {
  ...manifestErrors,
  ...capabilityErrors,
  ...wasmErrors,
  ...composeErrors,
  ...artifactErrors,
  ...registryErrors,
  ...signatureErrors,
  ...providerErrors,
  ...runtimeErrors,
  ...runtimeConfigErrors,
  ...kubernetesErrors,
} satisfies Record<`ERR_SPIN_${string}`, ErrorEntry>;

export type Code = keyof typeof table;
