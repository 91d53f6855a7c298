import type { HostImports } from "../wasi/offer.ts";

export type Binding = "linker" | "jco";

/** What a trigger calls; resources are those of runtime/wasi/http. */
export interface IncomingHandler {
  handle(request: unknown, responseOutparam: unknown): Promise<void>;
}

export interface BoundComponent {
  binding: Binding;
  /** A fresh instance: WASI 0.2 components keep state, so one must never serve two requests. */
  instantiate(imports: HostImports): Promise<IncomingHandler>;
}
