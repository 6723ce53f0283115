/**
 * Kinds of files for the browser's chooser; the server looks at name and content in any case. Without HEIC a phone that
 * takes it gives JPEG by itself.
 */
export const PAPER_ACCEPT =
  ".pdf,.jpg,.jpeg,.png,.webp,.docx,.xlsx,.odt,.ods,.doc,.xls,image/jpeg,image/png,image/webp,application/pdf";
