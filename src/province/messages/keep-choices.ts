/** What a person does with notices: reads them, chooses channels and devices; one statement each. */
export { markAllRead, markRead, putChoice, putDevice, removeDevice } from "./notice-store.ts";
