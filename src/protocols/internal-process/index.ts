/**
 * What an internal procedure's BPMN file says beyond BPMN 2.0: the extension namespace `motcua`. The drawing board in the
 * browser and the reader on the server understand the same file by this one description (a moddle package).
 *
 * On `bpmn:userTask` and `bpmn:callActivity`: `motcua:role`, `motcua:unit` ("own" or an agency's id), `motcua:hours`
 * (working hours, halves allowed), `motcua:kind`, `motcua:act`. Timers are `bpmn:timerEventDefinition` with
 * `bpmn:timeDuration` in ISO 8601, counted in working time: `PT4H` is four working hours, `P2D` two working days.
 */

export const PROCESS_NAMESPACE = "https://motcua.vn/schema/internal-process/1";

/** Who does a step; an administrator never handles a dossier. */
export const STEP_ROLES = ["one-stop", "specialist", "leader", "accountant"] as const;
export type StepRole = (typeof STEP_ROLES)[number];

/** `opinion`: asked of somebody else with a deadline of its own; the process may go on without it (NĐ 61/2018 Đ19.5). */
export const STEP_KINDS = ["task", "opinion"] as const;
export type StepKind = (typeof STEP_KINDS)[number];

/** The act of the dossier's life that finishes the step; `none`: the officer says that it is done. */
export const STEP_ACTS = ["none", "forward", "record-result", "sign-result", "return-result"] as const;
export type StepAct = (typeof STEP_ACTS)[number];

/** The unit that has the dossier. */
export const OWN_UNIT = "own";

/** `moddleExtensions: { motcua: processExtension }` for bpmn-js; the second argument's `motcua` for bpmn-moddle. */
export const processExtension = {
  name: "motcua",
  uri: PROCESS_NAMESPACE,
  prefix: "motcua",
  xml: { tagAlias: "lowerCase" },
  types: [
    {
      name: "Work",
      extends: ["bpmn:UserTask", "bpmn:CallActivity"],
      properties: [
        { name: "role", isAttr: true, type: "String" },
        { name: "unit", isAttr: true, type: "String" },
        { name: "hours", isAttr: true, type: "String" },
        { name: "kind", isAttr: true, type: "String" },
        { name: "act", isAttr: true, type: "String" },
      ],
    },
  ],
} as const;
