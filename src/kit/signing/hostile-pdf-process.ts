import { inspectPdfHere } from "./inspect-pdf.ts";
import { verifyPdfSignaturesHere } from "./verify-pdf.ts";

/** The other side of `hostile-pdf.ts`: reads files of strangers in a process that may die. */
export type HostileTask =
  | { readonly kind: "inspect"; readonly bytes: Uint8Array }
  | { readonly kind: "verify"; readonly bytes: Uint8Array; readonly trustedRoots: readonly Uint8Array[] };

export interface HostileAnswer {
  readonly ok: boolean;
  readonly value?: unknown;
}

const send = (answer: HostileAnswer): void => void process.send?.(answer);

process.on("message", (task: HostileTask) => {
  const answer =
    task.kind === "inspect"
      ? inspectPdfHere(task.bytes)
      : verifyPdfSignaturesHere(task.bytes, { trustedRoots: task.trustedRoots });
  answer.then(
    (value: unknown) => send({ ok: true, value }),
    () => send({ ok: false }),
  );
});

// The process that asked is gone, by whatever death: nobody waits for the answer.
process.on("disconnect", () => process.exit(0));
