import { connect, type HostStatus } from "../../runtime/admin/client.ts";
import type { Command } from "../command.ts";
import { hostOf } from "../host-of.ts";

export const hostCommands: Command[] = [
  {
    name: "host start",
    usage: "",
    summary: "Starts the host; apps that ran before run again. Deployments start it by themselves.",
    arguments: 0,
    async run({ stateDir }) {
      const client = await connect({ ...(stateDir === undefined ? {} : { stateDir }), start: true });
      const status = await client.status();
      return { data: status, text: describe(status) };
    },
  },
  {
    name: "host stop",
    usage: "",
    summary: "Stops the host and all its apps; nothing is forgotten.",
    arguments: 0,
    async run({ stateDir }) {
      const client = await connect(stateDir === undefined ? {} : { stateDir });
      await client?.shutdown();
      return {
        data: { stopped: client !== undefined },
        text: client === undefined ? "No host runs." : "The host is stopped.",
      };
    },
  },
  {
    name: "host status",
    usage: "",
    summary: "Says whether the host runs, where, and with how many apps.",
    arguments: 0,
    async run(line) {
      const status = await (await hostOf(line)).status();
      return { data: status, text: describe(status) };
    },
  },
];

function describe({ version, stateDir, controlPid, enginePid, apps }: HostStatus): string {
  const processes = `control process ${controlPid}, engine process ${enginePid ?? "starting"}`;
  return `pulumi-spin host ${version} in ${stateDir}\n${processes}\n${apps} app${apps === 1 ? "" : "s"}`;
}
