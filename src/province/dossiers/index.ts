/**
 * Dossiers (hồ sơ): from the first word of a draft to the result in the citizen's hands.
 *
 * Promises: a filed dossier is complete (form and every paper) or it is still a draft; the official code is given once,
 * at reception, without gap; the channel never changes; every change is one transaction of row, history, audit and job;
 * an action names the version it was decided on, so that the second of two officers gets `conflict`.
 *
 * Every use case takes the database and one input with the tenant, and answers `{ ok: true, … } | { ok: false, reason }`.
 */
export type * from "./dossier.ts";
export {
  ACTIONS,
  availableActions,
  decide,
  type DossierAction,
  DOSSIER_LIFECYCLE,
  fromNationalStatus,
  isOver,
  isPaused,
  STATES,
  toMermaid,
  toNationalStatus,
} from "./dossier-lifecycle.ts";
export { startDraft, type StartDraft } from "./start-draft.ts";
export { saveDraft, type SaveDraft } from "./save-draft.ts";
export { attachFile, type AttachFile, FILES_MAX, removeFile, type RemoveFile } from "./change-files.ts";
export { fileDossier, type FileDossier } from "./file-dossier.ts";
export { discardDraft } from "./discard-draft.ts";
export { filePrepared, type PreparedDossier, type PreparedOutcome } from "./file-prepared.ts";
export { receiveDossier, type ReceiveDossier } from "./receive-dossier.ts";
export { declineDossier, refuseDossier, stopDossier, type EndDossier } from "./end-dossier.ts";
export { requestSupplement, type RequestSupplement, termOf } from "./request-supplement.ts";
export { expireSupplement, remindSupplement, supplementJobs } from "./supplement-terms.ts";
export { answerSupplement, type AnswerSupplement, saveSupplementAnswer } from "./answer-supplement.ts";
export { type ActFile, actFilesOf, type ActWithFiles, areFilesTold } from "./act-files.ts";
export { forwardDossier, type ForwardDossier } from "./forward-dossier.ts";
export { toOfficer } from "./officer-words.ts";
export { saveOfficerNote, type SaveOfficerNote } from "./save-officer-note.ts";
export { markFeePaid, type MarkFeePaid, requireFee, type RequireFee } from "./dossier-fees.ts";
export { recordResult, type RecordResult, returnResult, signResult, type SignResult } from "./dossier-result.ts";
export { deadlineOf } from "./due-time.ts";
export { declarationJobs, openDeclaration } from "./open-declaration.ts";
export { deadlineJobs, moveDeadline } from "./move-deadline.ts";
export {
  mayRescheduleUntil,
  RESCHEDULE_DAYS_MAX,
  rescheduleDossier,
  type RescheduleDossier,
} from "./reschedule-dossier.ts";
export { completeStep, type CompleteStep } from "./complete-step.ts";
export { assignStep, claimStep, type GiveStep } from "./give-step.ts";
export { blockedActs } from "./dossier-process.ts";
export { processJobs } from "./process-jobs.ts";
export { closeDossier, STORAGE_YEARS_MAX } from "./close-dossier.ts";
export { setSubstate } from "./set-substate.ts";
export { withdrawDossier, type WithdrawDossier } from "./withdraw-dossier.ts";
export type { ActInput, OfficerActor } from "./change-dossier.ts";
export { checkReason, type ReasonFault } from "./reason-quality.ts";
export {
  findDossier,
  findDossierOf,
  findFile,
  findOpenSupplement,
  listDossiers,
  listDossiersOf,
  listFiles,
  listHistory,
  listPartDossiers,
  listSupplements,
  type DossierPage,
  type DossierQuery,
} from "./dossier-view.ts";
export { examineHistories, listHistorySince } from "./history-view.ts";
export { messages as dossierMessages, refusalText, stateText } from "./messages.ts";
export { dossierPaths } from "./paths.ts";
export { type AccountDeps, accountRoutes } from "./account-routes.ts";
export { dossierSyncJobs, type DossierSyncDeps, type SyncTenant } from "./dossier-sync-jobs.ts";
export { sendFile } from "./download-routes.ts";
export { deliveryForm } from "./filing-delivery.ts";
export type { FilingContent, FilingDeps, FilingPlace, OwnPapers, PaperOffer } from "./filing-deps.ts";
export { factsOf, formContext } from "./filing-draft.ts";
export {
  type FilingAgency,
  type FilingProcedure,
  findFilingToday,
  findFilingVersion,
  suggestedAgency,
} from "./filing-procedure.ts";
export { completePart } from "./part-answers.ts";
export { STEPS_SHOWN } from "./pages/dossier-page.ts";
export { stateTag } from "./pages/state-tag.ts";
export { whyThisDate } from "./pages/why-this-date.ts";
export { fileSize } from "./pages/paper-names.ts";
export { filingMessages } from "./filing-messages.ts";
export { unitsFor } from "./filing-units.ts";
export { filingRoutes } from "./filing-routes.ts";
export { type CounterFilingDeps, counterFilingRoutes } from "./counter-filing-routes.ts";
export { type SweepDeps, sweepUploads } from "./sweep-uploads.ts";
export { storeUpload, UPLOAD_ACCEPT, UPLOAD_MAX_BYTES } from "./upload-file.ts";
export type { UploadProblem } from "./upload-problem.ts";
export { noteLooseFile } from "./upload-store.ts";
