/** What is asked of the provider's conduct on Pulumi's engine, of either front end. */

export const frontEndNames = ["dynamic", "plugin"] as const;
export type FrontEndName = (typeof frontEndNames)[number];

export interface Row {
  number: number;
  /** One word or two. */
  name: string;
  /** A sentence that holds when the row's tests pass. */
  holds: string;
  /** Why a front end cannot have tests for it. */
  notApplicable?: Partial<Record<FrontEndName, string>>;
}

const all: Omit<Row, "number">[] = [
  {
    name: "Schema",
    holds:
      "Every resource is declared with the same token, inputs, outputs, defaults, secrets and replacements everywhere.",
  },
  {
    name: "First preview",
    holds:
      "A preview of an empty stack writes nothing and starts nothing; what follows from the inputs is shown, the rest is unknown.",
  },
  {
    name: "Up",
    holds: "What is stored is what the host has; a second preview is empty, and a second up writes nothing.",
  },
  {
    name: "Update",
    holds:
      "The change of each input that may change is named by its path and made in place, and nothing else is written.",
  },
  {
    name: "Replacement",
    holds: "The change of an input that may not change makes a new resource, in an order that keeps the app.",
  },
  {
    name: "Removal and spelling",
    holds:
      "An input that is left out goes back to its default; null, empty lists and the order of a set are no change.",
  },
  {
    name: "Unknowns",
    holds:
      "Every input may be unknown in a preview; one that may not change is then announced as a replacement.",
  },
  {
    name: "Secrets",
    holds:
      "A secret is in no state, preview, difference, event log or error in plain text, wherever it stands. Lines of severity `debug`, which `--debug` shows, are not meant: Pulumi's SDK for Node prints all properties there.",
  },
  {
    name: "Drift",
    holds:
      "A refresh shows just what was changed behind Pulumi's back, up restores it, and what is deleted is made again.",
  },
  {
    name: "Import",
    holds: "What the host runs can be taken into a stack.",
  },
  {
    name: "Get",
    holds:
      "What exists can be read without being managed; what does not exist is an error, and leaves no state.",
  },
  {
    name: "Failing create",
    holds:
      "A create that fails leaves nothing behind, or says in the state what exists, and goes on from there.",
  },
  {
    name: "Failing update",
    holds:
      "An update that fails leaves the former revision answering and the state saying so; the next one converges.",
  },
  {
    name: "Delete",
    holds:
      "Deleting what is gone succeeds; a delete that fails keeps the state; protected and retained resources stay.",
  },
  {
    name: "Interruption",
    holds: "After Ctrl-C or kill -9 at any operation the state can be recovered, and nothing is orphaned.",
  },
  {
    name: "Timeouts",
    holds: "customTimeouts end each operation; without them it has the handler's own limits.",
  },
  {
    name: "Faults of the host",
    holds:
      "When the host fails, lies, is slow or is not there, the state stays true and the next run converges.",
  },
  {
    name: "Parallelism",
    holds: "A hundred resources are made alike one by one and all at once.",
  },
  {
    name: "Configuration",
    holds: "The provider's settings are checked in preview, may be unknown there, and replace nothing.",
  },
  {
    name: "Moving",
    holds:
      "Renames, moves between stacks, upgrades of the package and the way from one front end to the other replace nothing.",
  },
  {
    name: "Policies",
    holds: "A policy pack sees each resource with its type and inputs, and may stop the stack.",
  },
  {
    name: "Languages",
    holds:
      "Programs in YAML, Python and Go run the same resources, programs in TypeScript as ES modules and as CommonJS. SDKs for .NET and Java are not generated here.",
  },
  { name: "Update plans", holds: "What was planned is done, and nothing that was not planned." },
  { name: "Offline", holds: "Nothing needs a network but the app's own address, nor an account." },
];

export const rows: Row[] = all.map((row, index) => ({ number: index + 1, ...row }));
