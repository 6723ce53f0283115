import type { DeskAction, Officer, OfficerRole } from "./officer.ts";

/**
 * Who may do what at the desk, before the dossier's own state is asked. The one-stop unit receives and returns, the
 * specialist processes, the leader signs; an accountant looks. Pure, printed as a table.
 */
const MAY = {
  "one-stop": [
    "note",
    "sign-copies",
    "receive",
    "decline",
    "request-supplement",
    "forward",
    "require-fee",
    "stop",
    "return-result",
    "close",
  ],
  specialist: [
    "set-substate",
    "note",
    "sign-copies",
    "request-supplement",
    "forward",
    "require-fee",
    "record-result",
    "reschedule",
    "refuse",
    "stop",
  ],
  leader: [
    "set-substate",
    "close",
    "note",
    "reschedule",
    "request-supplement",
    "forward",
    "record-result",
    "sign-result",
    "refuse",
    "stop",
    "return-result",
  ],
  accountant: ["note", "require-fee"],
  // Publishes what everybody works by; must not be able to touch a single dossier.
  administrator: [],
} as const satisfies Record<OfficerRole, readonly DeskAction[]>;

/** True when this officer's role allows the action; signing a result can be given to others one by one. */
export function mayDo(officer: Pick<Officer, "role" | "maySign">, action: DeskAction): boolean {
  if (action === "sign-result" && officer.maySign) return true;
  return (MAY[officer.role] as readonly DeskAction[]).includes(action);
}
