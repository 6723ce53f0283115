/**
 * Receipts (biên lai điện tử): what the state gives for money. Kinds phí and lệ phí apart, form EBL01, a series a year,
 * numbers without a gap, XML and PDF signed by the collector. It promises: one receipt a kind and settlement, whoever
 * settles how often; rows and files that were issued never change; the PDF carries the XML it was made from.
 */
export { issueReceiptsForSettlement, type IssueReceipts, type PaidLine } from "./issue-receipts.ts";
export { openReceiptFile, type ReceiptDependencies, receiptJobs } from "./open-receipt.ts";
export {
  type Collector,
  type Receipt,
  type ReceiptContent,
  type ReceiptKind,
  type ReceiptLine,
  receiptNumber,
  receiptTitle,
} from "./receipt.ts";
export { receiptPath, receiptPaths, type ReceiptRouteDependencies, receiptRoutes } from "./receipt-routes.ts";
export { replaceReceipt, type ReplaceReceipt } from "./replace-receipt.ts";
export { findReceipt, findReceiptByCode, listReceiptsOfDossier, listReceiptsOfSettlement } from "./receipt-store.ts";
export { RECEIPT_XML_ELEMENT, receiptXml } from "./receipt-xml.ts";
