/** Hidden fields of a page of questions. */

/** What the page showed, as marks. */
export const SHOWN_NAME = "_shown";
/** What the page sent before without hearing whether it arrived, as marks. */
export const SENT_NAME = "_sent";
/** The conflicts that the page shows, by id. */
export const CONFLICTS_NAME = "_conflicts";
/** Which answer was chosen for a conflict: `_choose.<id>` = mine | theirs. */
export const CHOICE_PREFIX = "_choose.";
/** Empty fields have been marked: the browser's own saving goes on marking them. */
export const CHECKED_NAME = "_checked";
