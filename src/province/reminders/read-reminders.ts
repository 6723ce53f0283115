/** What an officer does with reminders: reads one or all; one statement each. */
export { markAllRead, markRead } from "./reminder-store.ts";
