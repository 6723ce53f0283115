/**
 * Room: feedback (phản ánh, kiến nghị). Words: feedback, its code, answer, due day. Promises: nobody needs an account to
 * say something; nothing typed is lost by a mistake; the sender reads the answer by a code that nobody can guess; the desk
 * sees first what is due first.
 */
export { type FeedbackDeskDeps, feedbackDeskRoutes } from "./feedback-desk-routes.ts";
export { type FeedbackDeps, feedbackRoutes } from "./feedback-routes.ts";
