import type { RunLimits } from "../reset/deadline/pause.ts";
import type { CoreLimits } from "../reset/module/limits.ts";
import type { HostImports } from "../wasi/offer.ts";

export type Binding = "linker" | "jco";

/** What a trigger calls; resources are those of runtime/wasi/http. */
export interface IncomingHandler {
  handle(request: unknown, responseOutparam: unknown): Promise<void>;
}

/** An instance. It serves one request at a time, and another one only when `reset` says so. */
export interface ComponentInstance extends IncomingHandler {
  /** Before a request. */
  begin(limits: RunLimits): void;
  /** After it, whatever became of it. */
  end(): void;
  /** Whether the instance is now as it was at first; otherwise it has to be thrown away. */
  reset(): boolean;
  /** That its memories take. */
  readonly memoryBytes: number;
  /** It is thrown away. */
  close(): void;
}

export interface BoundComponent {
  binding: Binding;
  /** A new instance, bound to these host functions for as long as it lives. */
  instantiate(imports: HostImports): Promise<ComponentInstance>;
}

export interface BindLimits extends CoreLimits {
  /** Told how instances are reset, and why in no cheaper way. */
  onLevel?: (line: string) => void;
}
