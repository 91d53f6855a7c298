import type { Command } from "../command.ts";
import { appCommands } from "./app.ts";
import { copy } from "./copy.ts";
import { doctor } from "./doctor.ts";
import { hostCommands } from "./host.ts";
import { importCommand } from "./import.ts";
import { inspect } from "./inspect.ts";
import { lock } from "./lock.ts";
import { loginCommands } from "./login.ts";
import { logs } from "./logs.ts";
import { pull } from "./pull.ts";
import { push } from "./push.ts";
import { review } from "./review.ts";
import { synth } from "./synth.ts";

/** In the order of the help. */
export const commands: readonly Command[] = [
  ...hostCommands,
  ...appCommands,
  logs,
  synth,
  importCommand,
  lock,
  review,
  inspect,
  doctor,
  push,
  pull,
  copy,
  ...loginCommands,
];
