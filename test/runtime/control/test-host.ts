/** A real host, both processes, on a state directory of its own. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Json } from "../../../model/json.ts";
import { connect, type Deployment, type HostClient } from "../../../runtime/admin/client.ts";
import { isAlive } from "../../../runtime/admin/is-alive.ts";

export class TestHost {
  readonly stateDir = mkdtempSync(join(tmpdir(), "host-"));

  async client(): Promise<HostClient> {
    return connect({ stateDir: this.stateDir, start: true });
  }

  async kill(which: "control" | "engine"): Promise<number> {
    const { controlPid, enginePid } = await (await this.client()).status();
    const pid = which === "control" ? controlPid : enginePid;
    if (pid === undefined) throw new Error(`there is no ${which} process`);
    process.kill(pid, "SIGKILL");
    await until(() => !isAlive(pid));
    return pid;
  }

  async remove(): Promise<void> {
    await (await connect({ stateDir: this.stateDir }))?.shutdown();
    rmSync(this.stateDir, { recursive: true, force: true });
  }
}

/** An app that needs no component: each path answers `body`. */
export function staticApp(body: string, more: { [key: string]: Json } = {}): Deployment["lockedApp"] {
  return {
    spin_lock_version: 0,
    metadata: { name: "test-app" },
    variables: { greeting: { default: "hello" }, token: { default: "", secret: true } },
    triggers: [
      { id: "t0", trigger_type: "http", trigger_config: { route: "/...", static_response: { body } } },
    ],
    components: [],
    ...more,
  };
}

export function deployment(body: string, more: Partial<Deployment> = {}): Deployment {
  return { lockedApp: staticApp(body), listen: "127.0.0.1:0", variables: {}, ...more };
}

/** What an app answers, as soon as it does. */
export async function answerOf(url: string): Promise<string> {
  let body: string | undefined;
  await until(async () => {
    body = await fetch(url).then(
      (response) => response.text(),
      () => undefined,
    );
    return body !== undefined;
  });
  return body ?? "";
}

export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await sleep(20);
}
