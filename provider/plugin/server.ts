import { packageVersion } from "../../registry/package-version.ts";
import { silentLog } from "./engine-log.ts";
import { grpc, messageLimits, ResourceProviderService } from "./protocol.ts";
import { resourceProvider } from "./service.ts";
import { openSession, type Session } from "./session.ts";

export interface PluginServer {
  port: number;
  session: Session;
  close(): void;
}

/** Listens on a free port of the loopback interface. */
export async function startServer(): Promise<PluginServer> {
  const session = openSession(silentLog);
  const server = new grpc.Server(messageLimits);
  server.addService(ResourceProviderService, resourceProvider(session, packageVersion()));
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    );
  });
  return { port, session, close: () => server.forceShutdown() };
}
