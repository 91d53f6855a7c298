import type { ErrorEntry } from "../table.ts";

export const capabilityErrors = {
  ERR_SPIN_ALLOWED_HOST: {
    fault: "user",
    summary: "An entry of the allowed outbound hosts is not in Spin's grammar.",
    hint: 'Write scheme://host[:port], for example "https://api.example.com" or "redis://*.cache.internal:6379".',
  },
  ERR_SPIN_ALLOWED_HOST_NEVER: {
    fault: "user",
    summary: "An allowed outbound host is in Spin's grammar, and no call could ever match it.",
    hint: 'Correct it, for example "https://api.example.com", "postgres://db.internal" or "http://self"; or remove it.',
  },
  ERR_SPIN_GRANT_VARIABLE: {
    fault: "user",
    summary: "Two grants give a component the same variable with different templates.",
    hint: "Keep one of them.",
  },
  ERR_SPIN_GRANT_LABEL: {
    fault: "user",
    summary: "The label of a store or database breaks Spin's rules.",
    hint: 'Use kebab case or snake case, for example "default" or "session-data".',
  },
  ERR_SPIN_GRANT_MODEL: {
    fault: "user",
    summary: "A grant names a model by an empty text.",
    hint: "Name the model, for example llama2-chat.",
  },
  ERR_SPIN_GRANT_FILE: {
    fault: "user",
    summary: "A file grant leaves the project or the guest's root.",
    hint: "Give a source below the project and a destination below /.",
  },
  ERR_SPIN_GRANT_EXPIRES: {
    fault: "user",
    summary: "The date at which a grant ends is no date.",
    hint: "Write year, month and day: 2027-01-31.",
  },
  ERR_SPIN_GRANT_EXPIRED: {
    fault: "user",
    summary: "The time of a grant is over.",
    hint: "Remove the grant, or let its owner give it a later `expires`.",
  },
  ERR_SPIN_GRANT_EXPIRING: {
    fault: "user",
    summary: "The time of a grant is over in two weeks or less. A warning.",
    hint: "Ask its owner whether it is still needed; after that day it is refused.",
  },
  ERR_SPIN_GRANT_DEAD: {
    fault: "user",
    summary: "A component is granted what its binary cannot use. A warning.",
    hint: "Remove it from the grant, so that the grant says what the component does.",
  },
  ERR_SPIN_TARGET_IMPORT: {
    fault: "user",
    summary: "A component imports an interface that its target does not offer.",
    hint: "Build the component for an interface that is offered, or deploy it to a target that has this one.",
  },
  ERR_SPIN_TARGET_EXPORT: {
    fault: "user",
    summary: "A component exports nothing that its target could call.",
    hint: "Build it as an HTTP component: it must export wasi:http/incoming-handler.",
  },
  ERR_SPIN_TARGET_GRANT: {
    fault: "user",
    summary: "A grant is of a kind that the target does not serve.",
    hint: "Remove it, or deploy to a target that serves it.",
  },
  ERR_SPIN_TARGET_TRIGGER: {
    fault: "user",
    summary: "A trigger is of a type that its target does not run.",
    hint: "Deploy the application to a target that runs such triggers.",
  },
  ERR_SPIN_TARGET_FEATURE: {
    fault: "user",
    summary: "An application uses a part of Spin that its target does not know.",
    hint: "Do without it, or deploy to a target of a newer Spin.",
  },
  ERR_SPIN_TARGET_SIZE: {
    fault: "user",
    summary: "The binaries of an application are larger than its target takes.",
    hint: "Build them for release, without debug information, or split the application.",
  },
  ERR_SPIN_TARGET_NAME: {
    fault: "user",
    summary: "The name of an application is none for its target.",
    hint: "Give the application another name.",
  },
  ERR_SPIN_TARGET_UNKNOWN: {
    fault: "user",
    summary: "A target is named that this package does not know.",
    hint: "Name one of the targets that there are, for example spin-up@4.0 or spinkube.",
  },
  ERR_SPIN_GRANT_NONE: {
    fault: "user",
    summary: "A binary imports what its component is not granted. No error: such a call would be refused.",
    hint: "Grant it, if the component is to use it; else nothing is to do.",
  },
  ERR_SPIN_GRANT_REDUNDANT: {
    fault: "user",
    summary: "A grant is given twice, or another one includes it. A warning.",
    hint: "Remove it.",
  },
  ERR_SPIN_ALLOWED_HOST_WIDE: {
    fault: "user",
    summary: "An allowed outbound host leaves the host, the protocol or the port open. A warning.",
    hint: 'Name what the component calls, an entry for each: "https://api.example.com", "redis://cache.internal:6379".',
  },
} as const satisfies Record<string, ErrorEntry>;
