import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { referrersRegistryProgram } from "./build.ts";

export interface ReferrersRegistry {
  /** `127.0.0.1:port` */
  host: string;
  stop(): Promise<void>;
}

/** A registry that lists referrers by itself (distribution-spec, "Listing Referrers"), in memory, on loopback. */
export async function startReferrersRegistry(): Promise<ReferrersRegistry> {
  const child = spawn(await referrersRegistryProgram(), { stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise<void>((done) => child.once("exit", () => done()));
  const host = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once("line", resolve);
    child.once("error", reject);
    void ended.then(() => reject(new Error("The registry ended at once.")));
  });
  return {
    host,
    async stop() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}
