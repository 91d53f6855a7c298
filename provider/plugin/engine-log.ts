import { EngineClient, grpc, LogRequest, LogSeverity, messageLimits } from "./protocol.ts";

const sendTimeoutMs = 5_000;

/** The only way to a person's terminal: what a plugin prints, the engine hides. */
export interface EngineLog {
  info(message: string, urn?: string): void;
  warn(message: string, urn?: string): void;
  error(message: string, urn?: string): void;
  /** Resolves when the engine has every line so far: it may end the plugin once a call is answered. */
  flushed(): Promise<void>;
}

/** A log that nobody reads, of a plugin that no engine has greeted yet. */
export const silentLog: EngineLog = { info() {}, warn() {}, error() {}, flushed: () => Promise.resolve() };

/** Sends lines to the engine at this address; one that does not arrive is not worth a failure. */
export function connectLog(engineAddress: string): EngineLog {
  // Under a debugger the engine greets without its address, and attaches later.
  if (engineAddress === "") return silentLog;
  const client = new EngineClient(engineAddress, grpc.credentials.createInsecure(), messageLimits);
  const underWay = new Set<Promise<void>>();
  const send = (
    severity: (typeof LogSeverity)[keyof typeof LogSeverity],
    message: string,
    urn = "",
  ): void => {
    const request = new LogRequest().setSeverity(severity).setMessage(message).setUrn(urn);
    const deadline = Date.now() + sendTimeoutMs;
    const sent = new Promise<void>((resolve) =>
      client.log(request, new grpc.Metadata(), { deadline }, () => resolve()),
    );
    underWay.add(sent);
    void sent.then(() => underWay.delete(sent));
  };
  return {
    info: (message, urn) => send(LogSeverity.INFO, message, urn),
    warn: (message, urn) => send(LogSeverity.WARNING, message, urn),
    error: (message, urn) => send(LogSeverity.ERROR, message, urn),
    flushed: async () => void (await Promise.all(underWay)),
  };
}
